/** Groups the views of a message into the sections that the review shows. Pure. */

/** @import {Message, View} from "../core/types.js" */

/**
 * @typedef {object} Section
 * @property {string} id
 * @property {"fields" | "text" | "hidden"} shape   fields have a name beside each value
 * @property {string} title                         key of its text
 * @property {Record<string, string>} values        for the text
 * @property {string} part                          path of the part, or empty
 * @property {boolean} open                         whether it is shown unfolded at first
 * @property {View[]} views
 */

/** The fields that a mail program shows, in its order. */
const FIELDS = ["from", "sender", "reply-to", "to", "cc", "bcc", "subject", "date"];

const TITLES = /** @type {Record<string, string>} */ ({
  "plain-body": "section.plain",
  "html-text": "section.html",
  "attachment-text": "section.attachment",
});

/**
 * @param {Message} message
 * @returns {Section[]}
 */
export function sectionsOf(message) {
  const headers = message.views.filter((view) => view.place.kind === "header");
  const root = headers[0]?.part ?? "";
  const own = headers.filter((view) => view.part === root);
  const rank = (/** @type {View} */ view) => FIELDS.indexOf(view.place.field ?? "");
  const main = own.filter((view) => rank(view) >= 0).sort((a, b) => rank(a) - rank(b));
  const rest = own.filter((view) => rank(view) < 0);
  const texts = message.views.filter((view) => view.place.kind in TITLES);
  const hidden = message.views.filter(
    (view) => view.place.kind !== "header" && !(view.place.kind in TITLES) && view.findings.length > 0,
  );

  /** @type {Section[]} */
  const sections = [];
  const add = (/** @type {Section} */ section) => {
    if (section.views.length > 0) sections.push(section);
  };
  add({ id: "fields", shape: "fields", title: "section.fields", values: {}, part: "", open: true, views: main });
  for (const part of new Set([...texts, ...headers].map((view) => view.part))) {
    const nested = part === root ? [] : headers.filter((view) => view.part === part);
    // A part of a multipart has a type and little else; a nested message has people in its headers.
    const people = nested.some((view) => rank(view) >= 0);
    if (people || nested.some((view) => view.findings.length > 0)) {
      add({ id: `fields ${part}`, shape: "fields", title: "section.fields.part", values: { part }, part, open: true, views: nested });
    }
    for (const view of texts.filter((text) => text.part === part)) {
      add({
        id: view.id, shape: "text", title: TITLES[view.place.kind] ?? "", open: true, views: [view],
        values: { type: view.place.mediaType ?? "" }, part: part === root ? "" : part,
      });
    }
  }
  add({ id: "hidden", shape: "hidden", title: "section.hidden", values: {}, part: "", open: true, views: hidden });
  add({ id: "more", shape: "fields", title: "section.fields.more", values: {}, part: "", open: false, views: rest });
  return sections;
}

/**
 * What stands beside a value: the name of the field, or where in the HTML it is.
 * @param {View} view
 */
export function placeName({ place }) {
  switch (place.kind) {
    case "header":
      return capitalise(place.field ?? "");
    case "parameter":
      return `${capitalise(place.field ?? "")} ${place.parameter ?? ""}`;
    case "html-attribute":
      return `<${place.element ?? ""} ${place.attribute ?? ""}>`;
    case "html-hidden":
      return `<${place.element ?? ""}>`;
    case "structure":
      return place.what ?? "";
    case "embedded":
      return place.encoding ?? "";
    default:
      return "";
  }
}

/** @param {string} field */
function capitalise(field) {
  const special = /** @type {Record<string, string>} */ ({
    id: "ID", mime: "MIME", dkim: "DKIM", arc: "ARC", spf: "SPF", md5: "MD5", ip: "IP",
  });
  return field
    .split("-")
    .map((word) => special[word] ?? word.slice(0, 1).toUpperCase() + word.slice(1))
    .join("-");
}
