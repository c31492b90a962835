//! The panes as values: each keeps its own state, takes in what happens, and answers with what it
//! wants of the rest of the program. None names another.
//!
//! * [`sources`]   – the lists to choose from; [`source_row`], [`scrap_views`] – their rows
//! * [`list`]      – the articles of a list, and their first lines
//! * [`reader`]    – the open article; [`showing`] – whether its body or its short news is shown;
//!   [`typography`] – how it is set
//! * [`links`]     – letters to choose a link by; [`article_foot`] – the row below an article
//! * [`following`] – a saved search for a reporter or a series
//! * [`briefing`]  – unread articles as short news, one after the other
//! * [`listening`] – what is read aloud
//! * [`selection`] – which of many rows is selected, and which is at the top

pub mod article_foot;
pub mod briefing;
pub mod following;
pub mod links;
pub mod list;
pub mod listening;
pub mod reader;
pub mod scrap_views;
pub mod selection;
pub mod showing;
pub mod source_row;
pub mod sources;
pub mod typography;
