//! Classifies single lines of a news page by their words alone, with rules that apply to any
//! publisher.
//!
//! * [`byline`]    – authors: `배경환 기자 khbae@asiae.co.kr`, `By Jane Doe`
//! * [`copyright`] – copyright notices, `<ⓒ … 무단전재 배포금지>`, and the publisher in them
//! * [`caption`]   – captions and credits of pictures
//! * [`chrome`]    – buttons, menus, requests to subscribe, headings of boxes beside the article
//! * `measure`     – what the rules share: letters, width, the end of a sentence
//!
//! The functions know neither HTML nor the lines around.

pub mod byline;
pub mod caption;
pub mod chrome;
pub mod copyright;
mod measure;

pub use byline::{byline, bylines};
pub use caption::{Caption, caption};
pub(crate) use chrome::is_sure_chrome;
pub use chrome::{BoxHeading, Chrome, box_of, chrome, is_chrome};
pub use copyright::{copyright, publisher_in};
pub(crate) use measure::{columns, ends_sentence, is_hangul_letter, key};
