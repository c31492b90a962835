//! What travels between the program and the world: messages in, effects out. Plain data, no behaviour.

pub mod abilities;
pub mod effect;
pub mod failure;
pub mod jobs;
pub mod message;
pub mod prefs;
pub mod scrap_task;
