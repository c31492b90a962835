//! What single lines of a news page are, by their words alone: the rules that hold on any outlet's
//! page.
//!
//! * [`byline`]    – who wrote it: `배경환 기자 khbae@asiae.co.kr`, `By Jane Doe`
//! * [`copyright`] – `<ⓒ … 무단전재 배포금지>`, and the publisher that it names
//! * [`caption`]   – what stands under a picture, and whose picture it is
//! * [`chrome`]    – buttons, menus and requests to subscribe; headings of boxes beside the article
//!
//! Pure functions on one line. Knows neither HTML nor the lines around.

pub mod byline;
pub mod caption;
pub mod chrome;
pub mod copyright;
mod measure;

pub use byline::{byline, bylines};
pub use caption::{Caption, caption};
pub use chrome::{BoxHeading, Chrome, box_of, chrome, is_chrome};
pub use copyright::{copyright, publisher_in};
pub(crate) use measure::{columns, ends_sentence, is_hangul_letter, key};
