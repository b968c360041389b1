//! The options that select the model.

use tickler::config::ModelChoice;
use tickler::detect::model::{Effort, Model, ModelError};

use super::app::App;

/// Which model finds clauses
#[derive(Debug, clap::Args)]
pub(crate) struct ModelArgs {
    /// Model that finds clauses: full, fast (first stage only), none, or the folder of a model [default: full]
    #[arg(long, env = "TICKLER_MODEL", value_name = "NAME|DIR")]
    model: Option<String>,
    /// Use the rules only, same as --model none
    #[arg(long)]
    no_model: bool,
}

impl ModelArgs {
    /// Puts the choice into the settings and loads the model.
    pub(crate) fn load(&self, app: &mut App) -> Result<Option<Model>, ModelError> {
        if self.no_model {
            app.settings.model = ModelChoice::None;
        } else if let Some(name) = &self.model {
            app.settings.model = ModelChoice::from(name.clone());
        }
        match &app.settings.model {
            ModelChoice::None => Ok(None),
            ModelChoice::Full => Model::embedded(Effort::Full).map(Some),
            ModelChoice::Fast => Model::embedded(Effort::Fast).map(Some),
            ModelChoice::Folder(folder) => Model::read(folder, Effort::Full).map(Some),
        }
    }
}
