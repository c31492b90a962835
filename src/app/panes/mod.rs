//! The panes: each keeps its own state.

pub mod briefing;
pub mod find;
pub mod links;
pub mod list;
pub mod listening;
pub mod model_summary;
pub mod mouse_selection;
pub mod pictures;
pub mod places;
pub mod reader;
pub mod row_density;
pub mod scrap_views;
pub mod selection;
pub mod sheet;
pub mod source_row;
pub mod sources;
pub mod story_view;
pub mod summary;
pub mod typography;
