//! Reads and checks the tensors of a model's weights.

use safetensors::{Dtype, SafeTensors};

use super::encoder::EncoderError;
use super::kernel::MAX_DEPTH;

/// The tensors of a file.
#[derive(Clone, Copy)]
pub(super) struct Tensors<'a>(pub(super) &'a SafeTensors<'a>);

impl<'a> Tensors<'a> {
    /// The sizes and bytes of a tensor. Sizes that are not expected to have a certain value only have to be above zero.
    fn tensor(
        self,
        name: &str,
        dtype: Dtype,
        expected: &[Option<usize>],
    ) -> Result<(Vec<usize>, &'a [u8]), EncoderError> {
        let tensor = self.0.tensor(name).map_err(|_| EncoderError::Missing(name.to_owned()))?;
        if tensor.dtype() != dtype {
            return Err(EncoderError::Type { name: name.to_owned(), expected: dtype, found: tensor.dtype() });
        }
        let found = tensor.shape().to_vec();
        let fits = |(found, expected): (&usize, &Option<usize>)| expected.map_or(*found > 0, |size| size == *found);
        if found.len() != expected.len() || !found.iter().zip(expected).all(fits) {
            let sizes: Vec<_> = expected.iter().map(|size| size.map_or("any".to_owned(), |n| n.to_string())).collect();
            return Err(EncoderError::Shape {
                name: name.to_owned(),
                expected: format!("[{}]", sizes.join(", ")),
                found,
            });
        }
        Ok((found, tensor.data()))
    }

    /// A matrix of signed bytes, with its sizes.
    pub(super) fn bytes(
        self,
        name: &str,
        rows: Option<usize>,
        columns: Option<usize>,
    ) -> Result<([usize; 2], Vec<i8>), EncoderError> {
        let (sizes, data) = self.tensor(name, Dtype::I8, &[rows, columns])?;
        if sizes[1] > MAX_DEPTH {
            let expected = format!("at most {MAX_DEPTH} columns");
            return Err(EncoderError::Shape { name: name.to_owned(), expected, found: sizes });
        }
        Ok(([sizes[0], sizes[1]], data.iter().map(|byte| byte.cast_signed()).collect()))
    }

    /// Floats, with their sizes.
    pub(super) fn floats(self, name: &str, expected: &[Option<usize>]) -> Result<(Vec<usize>, Vec<f32>), EncoderError> {
        let (sizes, data) = self.tensor(name, Dtype::F32, expected)?;
        let values: Vec<f32> = data.as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
        if values.iter().all(|value| value.is_finite()) {
            Ok((sizes, values))
        } else {
            Err(EncoderError::NotFinite(name.to_owned()))
        }
    }
}
