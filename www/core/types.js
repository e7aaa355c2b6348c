/**
 * The shapes that cross the boundary to the core, as `src/wasm.rs` defines them. Types only.
 *
 * @typedef {"redact" | "keep"} Verdict
 * @typedef {"possible" | "likely" | "certain"} Confidence
 * @typedef {"name" | "contact" | "financial" | "identity" | "technical" | "listed"} Category
 *
 * @typedef {object} Entity         an entity type
 * @property {string} entity        `person`
 * @property {string} label         the word in a label: `PERSON`
 * @property {string} code          `PER`
 * @property {Category} category
 *
 * @typedef {object} Description    what the core says of itself
 * @property {string} version
 * @property {Entity[]} entities    in the order in which they are shown
 * @property {[string, string][]} grounds   what is written beside a label, by legal ground
 * @property {string} mask
 *
 * @typedef {object} Place          where a view comes from
 * @property {string} kind          `header`, `plain-body`, `html-text`, `html-attribute`, …
 * @property {string} [field]
 * @property {string} [element]
 * @property {string} [attribute]
 * @property {string} [parameter]
 * @property {string} [mediaType]
 * @property {string} [what]
 * @property {string} [encoding]
 *
 * @typedef {object} Finding
 * @property {string} id            unique in its message
 * @property {string} entity        entity type
 * @property {number} start         UTF-16 units of the view's text
 * @property {number} end           UTF-16 units, behind the last one
 * @property {string} text          the value itself; added by the worker
 * @property {Confidence} confidence
 * @property {string} rule          why, as a code: `phone.fr`
 * @property {string[]} evidence    more of why: `context-word`
 * @property {string} label         what replaces it: `[PERSON-1]`
 * @property {string} entityKey     the same for each finding of one person or value: `PERSON-1`
 * @property {Verdict} decision     what the policy says
 * @property {string} by            who said so: `policy`, `rule`, `always`, `never`
 *
 * @typedef {object} View
 * @property {number | string} id
 * @property {string} part          path of the part: `1.2`
 * @property {Place} place
 * @property {string} text
 * @property {Finding[]} findings
 *
 * @typedef {object} Part
 * @property {number | string} id
 * @property {string} path          `1.2`
 * @property {string} mediaType
 * @property {string} size          a size class: `under 10 kB`
 * @property {boolean} inspected
 * @property {"keep" | "remove"} action
 * @property {string | null} reason why it was not inspected, as a code
 *
 * @typedef {object} Message
 * @property {string} digest        SHA-256 of its bytes, in hexadecimal; added by the worker, empty where there is none
 * @property {string} name
 * @property {number} size          bytes
 * @property {string} subject
 * @property {string} from
 * @property {string} date
 * @property {string[]} flags       damage, as codes
 * @property {View[]} views
 * @property {Part[]} parts
 *
 * @typedef {object} Decisions      what the reviewer changed, by id
 * @property {Record<string, Verdict>} findings
 * @property {Record<string, "keep" | "remove">} parts
 * @property {{view: number | string, start: number, end: number, entity: string, entityKey: string, decision: Verdict}[]} added
 *   findings of the reviewer's own; each takes the place of those that it overlaps
 * @property {Record<string, string>} labels    keys of entities, of findings that belong to another than the core says
 *
 * @typedef {object} Failure        a promise that the finished bytes would break
 * @property {number} promise      its number
 * @property {string} code
 * @property {string} place
 *
 * @typedef {object} Outcome        of writing one copy
 * @property {"clean" | "not-inspected" | "refused"} status
 * @property {string} name          file name of the copy
 * @property {Uint8Array<ArrayBuffer> | null} bytes   null if refused
 * @property {Failure[]} failures
 * @property {OutcomeReport} report
 *
 * @typedef {object} OutcomeReport
 * @property {Seal[]} [seals]             signatures of domains that went, without what is redacted
 * @property {number} [removedPlaces]     fields and texts that went as a whole
 *
 * @typedef {object} Seal
 * @property {string} field
 * @property {string} domain
 * @property {string} selector
 *
 * @typedef {"pseudonym" | "fixed" | "mask" | "keep"} Operator
 * @typedef {"neutral" | "crpa" | "gdpr" | "foia"} Ground
 *
 * @typedef {object} Policy         see `src/policy.rs`
 * @property {Record<string, Operator>} operators
 * @property {Confidence} threshold
 * @property {string[]} always
 * @property {string[]} never
 * @property {string[]} public
 * @property {Record<string, string>} reasons   why names of `public` are on it
 * @property {Ground} ground
 * @property {boolean} keepPublic
 * @property {boolean} keepRoles
 * @property {"remove" | "keep"} attachments
 * @property {"all" | "essential"} headers
 * @property {string[]} languages   that messages can be in: `fr`, `en`, `de`; all without any
 */
export {};
