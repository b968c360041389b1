//! The micro kernel of dense layers with the tile instructions of server processors (AMX), where the kernel of Linux
//! lends them: eight times the products of AVX-512 in the same time, and the same sums.
//!
//! The instructions are written in assembly: the compiler has no stable names for them.
#![allow(unsafe_code)]

use std::arch::asm;
use std::arch::x86_64::__cpuid_count;
use std::sync::LazyLock;

use super::{Quads, ROWS, Sums};

/// Bits 24 and 25 of EDX of CPUID leaf 7: tiles, and their products of bytes (Intel SDM, volume 2, CPUID).
const TILES_OF_BYTES: u32 = 0b11 << 24;
/// `ARCH_REQ_XCOMP_PERM` of arch_prctl(2) and the state it is asked for: a process has to ask for tiles before it uses them.
const REQUEST: libc::c_long = 0x1023;
const TILE_DATA: libc::c_long = 18;
/// Steps of depth in one tile: 16 rows of weights of four bytes each.
const STEPS: u8 = 16;

/// Proof that the processor has tiles and that this process may use them: only [`Tiles::detect`] makes one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tiles(());

/// The shapes of the tiles, as `ldtilecfg` reads them.
#[repr(C, align(64))]
struct Shapes {
    palette: u8,
    start: u8,
    reserved: [u8; 14],
    /// Bytes of a row, and rows, of each tile.
    bytes: [u16; 16],
    rows: [u8; 16],
}

impl Tiles {
    pub(super) fn detect() -> Option<Self> {
        static LENT: LazyLock<bool> = LazyLock::new(|| {
            let there = __cpuid_count(7, 0).edx & TILES_OF_BYTES == TILES_OF_BYTES;
            // SAFETY: the call reads no memory; all it changes is what this process may use.
            there && unsafe { libc::syscall(libc::SYS_arch_prctl, REQUEST, TILE_DATA) } == 0
        });
        LENT.then_some(Self(()))
    }

    /// [`super::Isa::bytes`], or `false` if the depth is no whole number of tiles.
    #[allow(clippy::unused_self, reason = "it is the proof")]
    pub(super) fn bytes(self, rows: &[[u8; 4]], count: usize, panel: &[Quads], sums: &mut [Sums; ROWS]) -> bool {
        let tiles = panel.len() / usize::from(STEPS);
        let whole = panel.len().is_multiple_of(STEPS.into()) && tiles > 0;
        let Some(height) = u8::try_from(count).ok().filter(|_| whole && (1..=ROWS).contains(&count)) else {
            return false;
        };
        if rows.len() < count * panel.len() {
            return false;
        }
        // Tiles 0 to 3 hold sums, 4 the rows, 5 to 7 weights.
        let mut shapes = Shapes { palette: 1, start: 0, reserved: [0; 14], bytes: [0; 16], rows: [0; 16] };
        shapes.bytes[..8].fill(64);
        shapes.rows[..5].fill(height);
        shapes.rows[5..8].fill(STEPS);
        // SAFETY: `self` is proof that the processor has the instructions. A tile of rows reads `count` times 64 bytes, a
        // stride of `panel.len()` steps apart, `tiles` times side by side: the `count * panel.len()` steps checked above. A
        // tile of weights reads 64 bytes of each of 16 `Quads`. A tile of sums writes 64 bytes of each of `count` `Sums`, of
        // which there are `ROWS`. The shapes are given back with `tilerelease`.
        unsafe {
            asm!(
                "ldtilecfg [{shapes}]",
                "tilezero tmm0",
                "tilezero tmm1",
                "tilezero tmm2",
                "tilezero tmm3",
                "2:",
                "tileloadd tmm4, [{rows} + {row_stride}*1]",
                "tileloadd tmm5, [{weights} + {stride}*1]",
                "tileloadd tmm6, [{weights} + {stride}*1 + 64]",
                "tdpbusd tmm0, tmm4, tmm5",
                "tileloadd tmm7, [{weights} + {stride}*1 + 128]",
                "tdpbusd tmm1, tmm4, tmm6",
                "tileloadd tmm5, [{weights} + {stride}*1 + 192]",
                "tdpbusd tmm2, tmm4, tmm7",
                "tdpbusd tmm3, tmm4, tmm5",
                "add {rows}, 64",
                "add {weights}, 4096",
                "dec {tiles}",
                "jnz 2b",
                "tilestored [{sums} + {stride}*1], tmm0",
                "tilestored [{sums} + {stride}*1 + 64], tmm1",
                "tilestored [{sums} + {stride}*1 + 128], tmm2",
                "tilestored [{sums} + {stride}*1 + 192], tmm3",
                "tilerelease",
                shapes = in(reg) &raw const shapes,
                rows = inout(reg) rows.as_ptr() => _,
                row_stride = in(reg) 4 * panel.len(),
                weights = inout(reg) panel.as_ptr() => _,
                stride = in(reg) size_of::<Quads>(),
                tiles = inout(reg) tiles => _,
                sums = in(reg) sums.as_mut_ptr(),
                out("tmm0") _, out("tmm1") _, out("tmm2") _, out("tmm3") _,
                out("tmm4") _, out("tmm5") _, out("tmm6") _, out("tmm7") _,
                options(nostack),
            );
        }
        true
    }
}

const _: () =
    assert!(size_of::<Quads>() == size_of::<Sums>() && size_of::<Quads>() * STEPS as usize == 4096 && ROWS == 16);
