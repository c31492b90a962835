//! The panes: each keeps its own state.

pub mod briefing;
pub mod links;
pub mod list;
pub mod listening;
pub mod reader;
pub mod row_density;
pub mod scrap_views;
pub mod selection;
pub mod showing;
pub mod source_row;
pub mod sources;
pub mod typography;
