//! Text attachments: the reader for each media type.

use super::{
    card, csv, enriched,
    plain::{email_as_address, plain_view},
    rtf,
};
use crate::{
    place::Place,
    span::Span,
    view::{
        Edit,
        child::{Builder, Child, Grammar},
        html::{JSON, html_views, unescape_script},
    },
};

/// The views of a text attachment of the given media type (lower case, without parameters). The
/// first one shows all of its text; types that have no reader of their own are read as plain text.
#[must_use]
pub fn attachment_views(text: &str, media_type: &str) -> Vec<Child> {
    match media_type {
        "text/calendar" | "text/vcard" | "text/x-vcard" | "text/directory" | "text/x-vcalendar"
        | "application/ics" => card::views(text, media_type),
        "text/enriched" | "text/richtext" => enriched::views(text, media_type),
        "text/rtf" | "application/rtf" | "application/x-rtf" => rtf::views(text, media_type),
        "text/csv" | "text/tab-separated-values" => csv::views(text, media_type),
        "text/html" | "text/xml" | "application/xml" | "text/x-amp-html" => html_views(text),
        "application/json" | "text/javascript" | "application/javascript" => {
            vec![json(text, media_type)]
        }
        "message/delivery-status"
        | "message/disposition-notification"
        | "message/feedback-report"
        | "message/global-delivery-status" => {
            let child = Child { codec: &STATUS, ..plain_view(text, None) };
            vec![Child {
                place: Place::AttachmentText { media_type: media_type.to_owned() },
                ..child
            }]
        }
        _ if media_type.ends_with("+json") => vec![json(text, media_type)],
        _ if media_type.ends_with("+xml") => html_views(text),
        _ => {
            let mut child = plain_view(text, None);
            child.place = Place::AttachmentText { media_type: media_type.to_owned() };
            vec![child]
        }
    }
}

static STATUS: Status = Status;

/// Fields of reports on delivery (RFC 3464, RFC 8098, RFC 5965): `Final-Recipient: rfc822; address`.
struct Status;

impl Grammar for Status {
    /// What is to be an address stays one, for those who read reports by machine.
    fn form(&self, edit: &Edit) -> Vec<u8> {
        email_as_address(edit)
    }

    fn escape(&self, text: &[u8], _: &[u8], _: Span) -> Vec<u8> {
        text.to_vec()
    }
}

fn json(text: &str, media_type: &str) -> Child {
    let mut out = Builder::default();
    unescape_script(&mut out, text, Span::new(0, text.len()));
    let place = Place::AttachmentText { media_type: media_type.to_owned() };
    Child::new(place, out.finish(), &JSON)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_type_has_its_reader() {
        let first = |text, media_type| attachment_views(text, media_type).remove(0).text;
        assert_eq!(first("a\r\n b", "text/calendar"), "ab");
        assert_eq!(first("<b>a</b>", "text/enriched"), "a");
        assert_eq!(first(r"{\rtf1 a}", "text/rtf"), "a");
        assert_eq!(first("\"a\"", "text/csv"), "a");
        assert_eq!(first("<b>a</b>", "image/svg+xml"), "a");
        assert_eq!(first(r#"{"a":"\u0062"}"#, "application/ld+json"), r#"{"a":"b"}"#);
        assert_eq!(first("> a", "text/x-unknown"), "a");
    }
}
