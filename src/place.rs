//! Where a view comes from.

use serde::Serialize;

/// The place in a message that a view shows. Detectors may use it as context; the review names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Place {
    /// The value of a header field, unfolded and decoded; the field's name in lower case.
    Header {
        /// Name in lower case.
        field: String,
    },
    /// The text of a plain body.
    PlainBody,
    /// The visible text of an HTML body.
    HtmlText,
    /// The value of an HTML attribute.
    HtmlAttribute {
        /// Element name in lower case.
        element: String,
        /// Attribute name in lower case.
        attribute: String,
    },
    /// Text of an HTML body that is not shown: comments, scripts, styles, broken tags.
    HtmlHidden {
        /// `comment`, `script`, `style`, `title`, `doctype`, `broken-tag` …
        element: String,
    },
    /// A parameter of a header field: `filename`, `name`, `boundary`.
    Parameter {
        /// Field name in lower case.
        field: String,
        /// Parameter name in lower case.
        parameter: String,
    },
    /// The text of a text attachment (calendar, vCard, CSV …).
    AttachmentText {
        /// Media type in lower case.
        media_type: String,
    },
    /// Bytes between the parts: preamble, epilogue, junk in a header block, mbox line.
    Structure {
        /// `preamble`, `epilogue`, `delimiter`, `junk`, `mbox-from` …
        what: &'static str,
    },
    /// Text decoded from inside another view: percent-encoding, base64, uuencode, data URLs.
    Embedded {
        /// Name of the encoding.
        encoding: &'static str,
    },
}

impl Place {
    /// Whether the text is prose that a person reads, as against a structured value.
    #[must_use]
    pub fn is_prose(&self) -> bool {
        matches!(self, Self::PlainBody | Self::HtmlText | Self::AttachmentText { .. })
    }

    /// Whether the text is read by machines only, and breaks the message if it is changed: charset
    /// names, transfer encodings, versions. Only values of the "always" list are redacted in it.
    #[must_use]
    pub fn is_machine(&self) -> bool {
        match self {
            Self::Parameter { parameter, .. } => matches!(
                parameter.as_str(),
                "charset"
                    | "format"
                    | "delsp"
                    | "protocol"
                    | "micalg"
                    | "report-type"
                    | "type"
                    | "start"
            ),
            Self::Header { field } => {
                matches!(field.as_str(), "content-transfer-encoding" | "mime-version")
            }
            _ => false,
        }
    }

    /// The field's name, if the place is a header field.
    #[must_use]
    pub fn header(&self) -> Option<&str> {
        match self {
            Self::Header { field } => Some(field),
            _ => None,
        }
    }
}
