//! The places of a plan that can be switched off: edits that change the same bytes of the file are one.

use caviard::{
    document::{Document, Edits},
    place::Place,
    span::Span,
    view::Edit,
};

/// One place of the file, with the edits that change it.
pub struct Spot {
    /// What kind of place it is, for the count.
    pub kind: String,
    /// Bytes of the file.
    pub raw: Span,
    edits: Vec<(usize, Edit)>,
}

impl Spot {
    /// The plan without the edits of this place.
    pub fn switched_off(&self, plan: &Edits) -> Edits {
        let mut plan = plan.clone();
        for (layer, edit) in &self.edits {
            if let Some(edits) = plan.get_mut(layer) {
                edits.retain(|e| e != edit);
            }
        }
        plan
    }
}

/// The places of `plan`, less edits that are not in `part_of` too.
pub fn of(document: &Document, plan: &Edits, part_of: &Edits) -> Vec<Spot> {
    let mut spots: Vec<Spot> = Vec::new();
    for (layer, edits) in plan {
        for edit in edits {
            let counts = part_of.get(layer).is_some_and(|edits| edits.contains(edit));
            let sources = document.to_source(*layer, edit.span);
            if let (true, Some(first), Some(last)) = (counts, sources.first(), sources.last())
                && !first.hull(*last).is_empty()
            {
                let raw = first.hull(*last);
                let kind = kind(document, *layer, edit);
                spots.push(Spot { kind, raw, edits: vec![(*layer, edit.clone())] });
            }
        }
    }
    spots.sort_by_key(|spot| (spot.raw.start, spot.raw.end));
    let mut joined: Vec<Spot> = Vec::new();
    for spot in spots {
        match joined.last_mut() {
            Some(last) if last.raw.overlaps(spot.raw) => {
                last.raw = last.raw.hull(spot.raw);
                last.edits.extend(spot.edits);
                // The innermost decoding says best what kind of place it is.
                if !(last.kind.starts_with("parameter") && spot.kind.starts_with("header")) {
                    last.kind = spot.kind;
                }
            }
            _ => joined.push(spot),
        }
    }
    joined
}

fn kind(document: &Document, layer: usize, edit: &Edit) -> String {
    let Some(view) = document.views().find(|view| view.layer == layer) else {
        let bytes = document.bytes(layer);
        let start = edit.span.start;
        let from = bytes[..start].iter().rposition(|b| *b == b'\n').map_or(0, |i| i + 1);
        let line = String::from_utf8_lossy(&bytes[from..edit.span.end]);
        let name = line.split([':', '\r', '\n']).next().unwrap_or("").to_lowercase();
        let what = match (edit.with.is_empty(), line.starts_with("--")) {
            (true, _) => "dropped",
            (_, true) => return "delimiter".to_owned(),
            _ => "id",
        };
        return format!("{what} {name}");
    };
    match view.place {
        Place::Header { field } => format!("header {field}"),
        Place::PlainBody => "plain".to_owned(),
        Place::HtmlText => "html".to_owned(),
        Place::HtmlAttribute { element, attribute } => format!("attribute {element} {attribute}"),
        Place::HtmlHidden { element } => format!("hidden {element}"),
        Place::Parameter { parameter, .. } => format!("parameter {parameter}"),
        Place::AttachmentText { media_type } => format!("attachment {media_type}"),
        Place::Structure { what } => format!("structure {what}"),
        Place::Embedded { encoding } => format!("embedded {encoding}"),
        other => format!("{other:?}"),
    }
}
