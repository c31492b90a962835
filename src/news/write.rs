//! An article as text, JSON, Markdown and HTML. (being written)
