use super::html_views;
use crate::{
    entity::EntityType,
    finding::Label,
    place::Place,
    span::Span,
    view::{
        Edit,
        child::{Child, apply},
    },
};

fn find<'a>(children: &'a [Child], wanted: &str) -> &'a Child {
    let name = |child: &Child| match &child.place {
        Place::HtmlText => "flow".to_owned(),
        Place::HtmlAttribute { element, attribute } => format!("{element} {attribute}"),
        Place::HtmlHidden { element } => element.clone(),
        Place::Embedded { encoding } => (*encoding).to_owned(),
        _ => String::new(),
    };
    let found = children.iter().find(|child| name(child) == wanted);
    found.unwrap_or_else(|| panic!("no {wanted} in {children:?}"))
}

fn flow(html: &str) -> String {
    find(&html_views(html), "flow").text.clone()
}

fn label(entity: EntityType, span: Span) -> Edit {
    let label = Label { entity, number: 1 };
    Edit { span, with: label.to_string().into_bytes(), label: Some(label) }
}

/// The source after the text `value` of the child at `path` was replaced.
fn redact(html: &str, path: &[&str], entity: EntityType, value: &str) -> String {
    fn put(
        source: &str,
        children: &[Child],
        path: &[&str],
        entity: EntityType,
        value: &str,
    ) -> Vec<Edit> {
        let child = find(children, path[0]);
        let edits = if path.len() > 1 {
            put(&child.text, &child.children, &path[1..], entity, value)
        } else {
            let at = child.text.find(value).expect("the value is in the text");
            vec![label(entity, Span::new(at, at + value.len()))]
        };
        child.codec.put(source.as_bytes(), child.text.as_bytes(), &child.map, &edits)
    }
    let edits = put(html, &html_views(html), path, entity, value);
    String::from_utf8(apply(html.as_bytes(), &edits)).unwrap()
}

fn person(html: &str, path: &[&str], value: &str) -> String {
    redact(html, path, EntityType::Person, value)
}

#[test]
fn e01_e34_inline_tags_and_comments_do_not_split_a_value() {
    let html = "<p>Dear <b>Ze</b><!-- x -->l<i>andra</i> Q<wbr>uorn!</p>";
    assert_eq!(flow(html), "Dear Zelandra Quorn!\n");
    assert_eq!(
        person(html, &["flow"], "Zelandra Quorn"),
        "<p>Dear <b>[PERSON-1]</b><!-- x --><i></i><wbr>!</p>"
    );
}

#[test]
fn e02_e03_e04_references_are_decoded_and_edited_whole() {
    let html = "Z&#101;l&#x61ndra &Eacute;t&eacute";
    assert_eq!(flow(html), "Zelandra Été");
    assert_eq!(person(html, &["flow"], "Été"), "Z&#101;l&#x61ndra [PERSON-1]");
    assert_eq!(person(html, &["flow"], "ela"), "Z[PERSON-1]ndra &Eacute;t&eacute");
}

#[test]
fn lines_are_the_lines_that_are_shown() {
    assert_eq!(flow("<td>Rue X 3<br>\r\n  75001\r\n Paris<td>b"), "Rue X 3\n75001 Paris\nb");
    assert_eq!(flow("<p>a</p>\n\n<p>b</p><ul><li>c<li>d</ul>e"), "a\nb\nc\nd\ne");
    assert_eq!(flow("a<br><br>b<hr>c"), "a\n\nb\nc");
    assert_eq!(flow("<pre>a\r\n  b</pre>  c"), "a\n  b\nc");
    assert_eq!(
        flow("<div style='white-space: pre-wrap'>a\n b<div>c</div>\nd</div>\ne"),
        "a\n b\nc\n\nd\ne"
    );
    assert_eq!(flow("<div style='white-space: nowrap'>a\nb</div>"), "a b\n");
    assert_eq!(flow("a<img alt=x>b"), "a b");
    assert_eq!(flow("a&nbsp;&shy;b&zwnj;c"), "a\u{A0}bc");
}

#[test]
fn e24_a_value_over_lines_takes_one_label_and_the_lines_stay() {
    let html = "3 Rue X<br>75001 <b>Paris</b> x";
    assert_eq!(
        redact(html, &["flow"], EntityType::Address, "3 Rue X\n75001 Paris"),
        "[ADDRESS-1]<br><b></b> x"
    );
}

#[test]
fn e13_e14_e27_e32_all_that_is_text_is_in_the_flow() {
    let html = "<title>a&amp;<b></title><noscript>c</noscript><template>d</template>\
        <textarea>e<p></textarea><div style='display:none'>f</div><select><option>g</select>\
        <svg><title>h</title><text>i</text><desc>j</desc><![CDATA[k&amp;]]></svg>";
    assert_eq!(flow(html), "a&<b>\nc\nd\ne<p>\nf\ng\nh\ni\nj\nk&amp;\n");
}

#[test]
fn e08_e12_e37_attribute_values_are_views_and_are_escaped_for_their_quotes() {
    let html = "<img alt='Zel &quot;Q&quot;' data-x=\"Zel\" aria-label=Zel class=c><p z='\"'>";
    let views = html_views(html);
    assert_eq!(find(&views, "img alt").text, "Zel \"Q\"");
    assert_eq!(find(&views, "img data-x").text, "Zel");
    assert_eq!(find(&views, "markup").text, "data-x\nc\nz\n\"\n");
    let bare = find(&views, "img aria-label");
    let edit = Edit { span: Span::new(0, 3), with: b"A 'B' <C>&D".to_vec(), label: None };
    let put = bare.codec.put(html.as_bytes(), b"Zel", &bare.map, &[edit]);
    assert_eq!(put[0].with, b"A&#32;&#39;B&#39;&#32;&lt;C&gt;&amp;D");
}

#[test]
fn e09_e10_e11_labels_in_urls_are_valid_there() {
    let html = "<a href=\"tel:+33199006677\">";
    assert_eq!(
        redact(html, &["a href"], EntityType::Phone, "+33199006677"),
        "<a href=\"tel:PHONE-1\">"
    );
    let html = "<a href='mailto:zel%40example.org?cc=a@example.org&amp;subject=Zel+Q'>";
    assert_eq!(
        redact(html, &["a href", "percent"], EntityType::Email, "zel@example.org"),
        "<a href='mailto:email-1@redacted.invalid?cc=a@example.org&amp;subject=Zel+Q'>"
    );
    let html = "<a href=https://maps.example/?q=3%20Rue%20X,%20Paris&z=3>";
    assert_eq!(
        redact(html, &["a href", "percent"], EntityType::Address, "3 Rue X, Paris"),
        "<a href=https://maps.example/?q=ADDRESS-1&z=3>"
    );
}

#[test]
fn e05_e06_comments_are_read_and_conditional_ones_are_read_as_html() {
    let html = "<!-- by Zel --><!--[if mso]><p title=\"Quorn\">Ze<b>l</b></p><![endif]-->";
    let views = html_views(html);
    assert!(find(&views, "comment").detect);
    assert_eq!(person(html, &["comment"], "Zel").find("[PERSON-1]"), Some(8));
    let conditional = &views[2];
    assert!(!conditional.detect);
    assert_eq!(find(&conditional.children, "comment").text, "[if mso]>\nZel\n");
    assert_eq!(find(&conditional.children, "p title").text, "Quorn");
}

#[test]
fn a_replacement_cannot_end_its_comment() {
    let html = "<!-- Zel-> -->";
    let views = html_views(html);
    let comment = find(&views, "comment");
    let edit = Edit { span: Span::new(1, 4), with: b"a-->b-".to_vec(), label: None };
    let put = comment.codec.put(html.as_bytes(), comment.text.as_bytes(), &comment.map, &[edit]);
    assert_eq!(apply(html.as_bytes(), &put), b"<!-- a__&gt;b_-> -->");
}

#[test]
fn a_document_in_an_attribute_is_read_as_html() {
    let html = "<iframe srcdoc=\"&lt;p>Ze&lt;b>l&lt;/b>&lt;/p>\"></iframe>";
    assert_eq!(
        person(html, &["iframe srcdoc", "srcdoc"], "Zel"),
        "<iframe srcdoc=\"&lt;p>[PERSON-1]&lt;b>&lt;/b>&lt;/p>\"></iframe>"
    );
}

#[test]
fn e16_e18_styles() {
    let html = "<style>a:after{content:\"\\5a el\\61 ndra\"}</style>";
    assert_eq!(find(&html_views(html), "style").text, "a:after{content:\"Zelandra\"}");
    assert_eq!(
        person(html, &["style"], "Zelandra"),
        "<style>a:after{content:\"[PERSON-1]\"}</style>"
    );
    let html = "<p style=\"background:url(https://x.example/\\5a el)\">";
    assert_eq!(
        person(html, &["p style", "style"], "Zel"),
        "<p style=\"background:url(https://x.example/[PERSON-1])\">"
    );
}

#[test]
fn e39_text_that_is_shown_from_right_to_left() {
    let html = "a <span style='unicode-bidi:bidi-override;direction:rtl'>nrouQ <span>leZ</span></span>\
        <bdo dir=RTL>yb</bdo>, <span>b</span>";
    let views = html_views(html);
    assert_eq!(views[0].text, "a nrouQ leZyb, b");
    let reversed: Vec<_> = views[0].children.iter().map(|child| child.text.as_str()).collect();
    assert_eq!(reversed, ["Zel Quorn", "by"]);
    let after = person(html, &["flow", "reversed"], "Zel Quorn");
    assert!(after.contains("direction:rtl'>[PERSON-1]<span></span></span><bdo"));
}

#[test]
fn e17_scripts() {
    let html = r#"<script type="application/ld+json">{"name":"Zo\u00e9 \ud83d\ude00","tel":33199006677}</script>"#;
    assert_eq!(find(&html_views(html), "script").text, "{\"name\":\"Zoé 😀\",\"tel\":33199006677}");
    assert!(person(html, &["script"], "Zoé").contains(r#""[PERSON-1] \ud83d\ude00""#));
    assert!(
        redact(html, &["script"], EntityType::Phone, "33199006677")
            .contains(r#""tel":"[PHONE-1]"}"#)
    );
}

#[test]
fn e25_e26_what_the_end_cuts_is_read() {
    assert_eq!(find(&html_views("a<b title=\"Zel"), "broken-tag").text, "b title=\"Zel");
    assert_eq!(find(&html_views("a<!-- Zel"), "comment").text, " Zel");
    let views = html_views("<a href=\"x>Hello <b>Ze</b>l");
    assert_eq!(
        find(&find(&views, "broken-tag").children, "broken-tag").text,
        "a href=\"x>Hello Zel"
    );
}

#[test]
fn e28_e31_e38_unknown_names_and_declarations_are_searched() {
    let html = "<!DOCTYPE html><?xml version='1.0'?><?zel Quorn?><x-zelandra data-quorn=1 class=a>\
        <st1:personname>Zel</st1:personname>";
    let views = html_views(html);
    assert_eq!(
        find(&views, "markup").text,
        " html\nxml version='1.0'?\nx-zelandra\ndata-quorn\na\nst1:personname\nst1:personname\n"
    );
    assert_eq!(find(&views, "instruction").text, "zel Quorn?");
    assert!(person(html, &["markup"], "zelandra").contains("<x-PERSON-1 data-quorn"));
}

#[test]
fn what_stands_before_a_replacement_does_not_swallow_it() {
    let put = |html: &str, from: usize, to: usize, with: &[u8]| {
        let views = html_views(html);
        let edit = Edit { span: Span::new(from, to), with: with.to_vec(), label: None };
        let flow = &views[0];
        let put = flow.codec.put(html.as_bytes(), flow.text.as_bytes(), &flow.map, &[edit]);
        String::from_utf8(apply(html.as_bytes(), &put)).unwrap()
    };
    assert_eq!(flow(&put("1 <2 3", 3, 4, b"XXX")), "1 <XXX 3");
    assert_eq!(flow(&put("a&-; b", 2, 3, b"amp")), "a&amp; b");
    assert_eq!(flow(&put("&#74- b", 1, 2, b"1")), "J1 b");
}

#[test]
fn no_edits_give_no_edits() {
    let html = "<p title=x>a<b>b</b><!-- c --><a href=mailto:a%40b>";
    for child in html_views(html) {
        assert!(
            child.codec.put(html.as_bytes(), child.text.as_bytes(), &child.map, &[]).is_empty()
        );
    }
}
