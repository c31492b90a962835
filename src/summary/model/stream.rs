//! Reads the answer of a chat endpoint from the bytes of its HTTP body.
//!
//! Server-sent events may be split at any byte, even inside a character. Comments and unknown
//! fields are skipped. A server that answers with a single JSON document instead of a stream is
//! understood too. The model's reasoning (`<think>…</think>`) is dropped. Pure: the caller owns the
//! socket.

use serde_json::Value;

/// Most bytes of an answer. A summary is far shorter.
const LONGEST: usize = 256 * 1024;

/// How an answer ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnswerEnd {
    /// The model finished.
    Done,
    /// The limit on tokens was reached: the last sentence may be incomplete.
    Cut,
    /// The server reported this error.
    Refused(String),
    /// The connection ended early, or the body is no answer.
    Broken,
}

/// Reads one answer.
#[derive(Debug, Default)]
pub struct AnswerReader {
    /// Bytes of the line that is still incomplete.
    line: Vec<u8>,
    /// The `data:` lines of the event that is still incomplete.
    event: String,
    /// Lines outside events: a JSON document instead of a stream.
    loose: String,
    taken: usize,
    words: String,
    finish: Option<String>,
    done: bool,
    refused: Option<String>,
}

impl AnswerReader {
    /// A reader that has read nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next bytes of the body. `false` once the answer is complete or refused, or too
    /// long.
    pub fn push(&mut self, bytes: &[u8]) -> bool {
        for &b in bytes {
            self.taken += 1;
            if self.done || self.refused.is_some() || self.taken > LONGEST {
                return false;
            }
            if b == b'\n' {
                let line = std::mem::take(&mut self.line);
                self.take_line(&String::from_utf8_lossy(&line));
            } else {
                self.line.push(b);
            }
        }
        !self.done && self.refused.is_none()
    }

    /// The model's text so far, without its reasoning.
    pub fn words(&self) -> String {
        without_thoughts(&self.words)
    }

    /// The model's text and how the answer ended. To be called when the body has ended or was given
    /// up.
    pub fn finish(mut self) -> (String, AnswerEnd) {
        if !self.line.is_empty() {
            let line = std::mem::take(&mut self.line);
            self.take_line(&String::from_utf8_lossy(&line));
        }
        self.dispatch();
        if self.words.is_empty() && !self.loose.trim().is_empty() {
            let loose = std::mem::take(&mut self.loose);
            self.take_json(&loose);
            // A complete document is a complete answer even without a finish reason.
            self.done |= !self.words.is_empty();
        }
        let end = match (self.refused.take(), self.finish.as_deref()) {
            (Some(why), _) => AnswerEnd::Refused(why),
            (None, Some("length")) => AnswerEnd::Cut,
            (None, Some(_)) => AnswerEnd::Done,
            (None, None) if self.done => AnswerEnd::Done,
            (None, None) => AnswerEnd::Broken,
        };
        (self.words(), end)
    }

    fn take_line(&mut self, line: &str) {
        let line = line.strip_suffix('\r').unwrap_or(line);
        if line.is_empty() {
            self.dispatch();
        } else if let Some(data) = line.strip_prefix("data:") {
            if !self.event.is_empty() {
                // Some servers omit the blank line between events: a complete document ends an
                // event.
                if serde_json::from_str::<Value>(&self.event).is_ok() {
                    self.dispatch();
                } else {
                    self.event.push('\n');
                }
            }
            self.event.push_str(data.strip_prefix(' ').unwrap_or(data));
        } else if !line.starts_with(':') && !is_field(line) {
            self.loose.push_str(line);
            self.loose.push('\n');
        }
    }

    fn dispatch(&mut self) {
        let event = std::mem::take(&mut self.event);
        match event.trim() {
            "" => {}
            "[DONE]" => self.done = true,
            json => self.take_json(json),
        }
    }

    /// Takes a chunk of a stream, a complete answer, a line of Ollama's own format, or an error.
    fn take_json(&mut self, json: &str) {
        let mut documents = serde_json::Deserializer::from_str(json).into_iter::<Value>();
        while let Some(Ok(v)) = documents.next() {
            if let Some(error) = v.get("error").filter(|e| !e.is_null()) {
                let why = error.get("message").unwrap_or(error);
                self.refused = Some(why.as_str().map_or_else(|| why.to_string(), str::to_owned));
                return;
            }
            let choice = &v["choices"][0];
            let said = [
                &choice["delta"]["content"],
                &choice["message"]["content"],
                &choice["text"],
                &v["message"]["content"],
            ];
            if let Some(words) = said.iter().find_map(|s| s.as_str()) {
                self.words.push_str(words);
            }
            if let Some(reason) = choice["finish_reason"]
                .as_str()
                .or_else(|| v["done_reason"].as_str())
            {
                self.finish = Some(reason.to_owned());
            }
        }
    }
}

/// Whether the line is a field of an event stream other than `data`.
fn is_field(line: &str) -> bool {
    ["event:", "id:", "retry:"]
        .iter()
        .any(|f| line.starts_with(f))
}

/// `text` without `<think>…</think>`, closed or still open.
fn without_thoughts(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // Some servers omit the opening tag.
    if let Some(end) = rest.find("</think>")
        && !rest[..end].contains("<think>")
    {
        rest = &rest[end + "</think>".len()..];
    }
    while let Some(at) = rest.find("<think>") {
        out.push_str(&rest[..at]);
        match rest[at..].find("</think>") {
            Some(end) => rest = &rest[at + end + "</think>".len()..],
            None => return out,
        }
    }
    // The start of a tag that is still arriving is not shown.
    let partial = (1.."<think>".len())
        .rev()
        .find(|&n| rest.ends_with(&"<think>"[..n]))
        .unwrap_or(0);
    out.push_str(&rest[..rest.len() - partial]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const STREAM: &str = ": hello\n\ndata: {\"choices\":[{\"delta\":{\"content\":\"다리가 \
        \"}}]}\r\n\r\nevent: x\ndata: \
        {\"choices\":[{\"delta\":{\"content\":\"놓인다.\"},\"finish_reason\":\"stop\"}]}\n\n\
        data: [DONE]\n\n";

    #[test]
    fn a_stream_cut_at_any_byte_reads_the_same() {
        for size in 1..40 {
            let mut reader = AnswerReader::new();
            STREAM.as_bytes().chunks(size).for_each(|c| {
                reader.push(c);
            });
            assert_eq!(
                reader.finish(),
                ("다리가 놓인다.".to_owned(), AnswerEnd::Done),
                "{size}"
            );
        }
    }

    #[test]
    fn one_document_in_place_of_a_stream_is_read() {
        let mut reader = AnswerReader::new();
        reader.push(
            "{\n \"choices\": [{\"message\": {\"content\": \"끝.\"}, \"finish_reason\": \
             \"length\"}]\n}"
                .as_bytes(),
        );
        assert_eq!(reader.finish(), ("끝.".to_owned(), AnswerEnd::Cut));
    }

    #[test]
    fn a_whole_document_needs_no_word_of_its_end() {
        let mut reader = AnswerReader::new();
        reader.push("{\"choices\": [{\"message\": {\"content\": \"끝.\"}}]}".as_bytes());
        assert_eq!(reader.finish(), ("끝.".to_owned(), AnswerEnd::Done));
        let mut torn = AnswerReader::new();
        torn.push("{\"choices\": [{\"message\": {\"content\": \"끝.".as_bytes());
        assert_eq!(torn.finish(), (String::new(), AnswerEnd::Broken));
    }

    #[test]
    fn thoughts_are_dropped_while_they_arrive() {
        let chunk = |s: &str| {
            format!(
                "data: {}\n\n",
                serde_json::json!({"choices": [{"delta": {"content": s}}]})
            )
        };
        let mut reader = AnswerReader::new();
        let mut seen = Vec::new();
        for part in ["<th", "ink>음", "…</think>", "답", "이다."] {
            reader.push(chunk(part).as_bytes());
            seen.push(reader.words());
        }
        assert_eq!(seen, ["", "", "", "답", "답이다."]);
        assert_eq!(reader.finish().1, AnswerEnd::Broken);
    }

    #[test]
    fn an_error_is_told_and_ends_the_reading() {
        let mut reader = AnswerReader::new();
        assert!(!reader.push(b"data: {\"error\": {\"message\": \"no such model\"}}\n\ndata: {}\n"));
        assert_eq!(
            reader.finish().1,
            AnswerEnd::Refused("no such model".to_owned())
        );
        let mut page = AnswerReader::new();
        page.push(b"<html>busy</html>");
        assert_eq!(page.finish(), (String::new(), AnswerEnd::Broken));
    }

    #[test]
    fn an_endless_answer_is_given_up() {
        let mut reader = AnswerReader::new();
        let flood = vec![b'x'; LONGEST + 10];
        assert!(!reader.push(&flood));
    }
}
