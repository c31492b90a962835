//! Claims about whole pages: written ones, hostile ones, and the real ones with ground truth.

mod hostile;
mod pages;
mod publishers;
mod written;
