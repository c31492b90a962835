//! What does the jobs: one module a worker thread, and what it needs at hand.

pub mod language_model;
pub mod library;
pub mod memory_articles;
pub mod network;
pub mod pictures;
pub mod scrap_tasks;
pub mod speech;
pub mod stories;
