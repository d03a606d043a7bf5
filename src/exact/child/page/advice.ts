/** What to do about each rule, in words for the person who mends the page. Rules not listed keep their engine's own message. */
const NAME_FIELD = 'Give the field a <label for="…"> with the id of the field, or aria-label.';
const ALT = 'Add alt="…" saying what the image tells; alt="" if it is decoration only.';
const ROLE =
  'Take the role or aria attribute out, or use the HTML element that is the thing by itself.';

export const FIX: Readonly<Record<string, string>> = {
  'alfa/sia-r1': 'Put a <title> that names this page into the <head>.',
  'alfa/sia-r2': ALT,
  'alfa/sia-r3':
    'Give each element an id of its own, and correct the labels and links that use it.',
  'alfa/sia-r4': 'Write the language on the html tag, e.g. <html lang="en">.',
  'alfa/sia-r5': 'Use a language tag that exists, e.g. lang="en" or lang="de".',
  'alfa/sia-r7': 'Use a language tag that exists on this part.',
  'alfa/sia-r8': NAME_FIELD,
  'alfa/sia-r9': 'Take the automatic refresh out, or let people start it.',
  'alfa/sia-r10': 'Use a known autocomplete value, e.g. "email", "name" or "tel".',
  'alfa/sia-r11':
    'Put words into the link, or an alt text on the image inside it, saying where it goes.',
  'alfa/sia-r12': 'Put words into the button, or aria-label="…", saying what it does.',
  'alfa/sia-r13': 'Add title="…" to the iframe saying what it shows.',
  'alfa/sia-r14': 'Begin the accessible name with the words that are seen.',
  'alfa/sia-r15': 'Give frames of different content different titles.',
  'alfa/sia-r16': `Add the states this role needs. ${ROLE}`,
  'alfa/sia-r17': 'Take aria-hidden away, or take the element out of the tab order.',
  'alfa/sia-r28': 'Add alt="…" to the image button saying what it does.',
  'alfa/sia-r39': 'Write what the image tells instead of its file name.',
  'alfa/sia-r42': 'Put the element into the parent its role needs, e.g. a list item into a list.',
  'alfa/sia-r44': 'Let the page be used upright and sideways.',
  'alfa/sia-r45': 'Point the headers attribute at cells of the same table.',
  'alfa/sia-r46': 'Give the header cell data cells, or make it a plain cell.',
  'alfa/sia-r47': 'Take user-scalable=no and maximum-scale out of the viewport.',
  'alfa/sia-r53': 'Go down one heading level at a time: h2 after h1, h3 after h2.',
  'alfa/sia-r61': 'Start the page with one h1.',
  'alfa/sia-r62': 'Underline links in running text, or set them apart by more than color.',
  'alfa/sia-r64': 'Put words into the heading, or take it out.',
  'alfa/sia-r65':
    'Let the focus be seen: do not remove the outline without putting another in its place.',
  'alfa/sia-r67': 'Decoration needs alt="" and no title or aria-label.',
  'alfa/sia-r68': 'Put the children into it that its role needs, e.g. li into ul.',
  'alfa/sia-r69':
    'Make the text darker or the ground lighter until the contrast is 4.5:1 (3:1 for large text).',
  'alfa/sia-r78': 'Put content under the heading, or take it out.',
  'alfa/sia-r81': 'Give links with the same words the same goal, or different words.',
  'alfa/sia-r83': 'Let the box grow with its text instead of cutting it off.',
  'alfa/sia-r84': 'Make the scrolling area reachable by keyboard: tabindex="0".',
  'alfa/sia-r90': 'Do not put fields or links inside an element whose children are not announced.',
  'alfa/sia-r91': 'Take !important off the letter spacing.',
  'alfa/sia-r92': 'Take !important off the word spacing.',
  'alfa/sia-r93': 'Take !important off the line height.',
  'alfa/sia-r95':
    'Do not take the frame out of the tab order when there is something to reach in it.',
  'html-validate/area-alt': 'Add alt="…" to each area saying where it leads.',
  'html-validate/aria-label-misuse': 'Put the label on an element that can have a name.',
  'html-validate/empty-heading': 'Put words into the heading, or take it out.',
  'html-validate/empty-title': 'Put a <title> that names this page into the <head>.',
  'html-validate/hidden-focusable':
    'Take aria-hidden away, or take the element out of the tab order.',
  'html-validate/input-missing-label': NAME_FIELD,
  'html-validate/meta-refresh': 'Take the automatic refresh out, or let people start it.',
  'html-validate/no-autoplay': 'Let people start sound and video themselves.',
  'html-validate/no-dup-id':
    'Give each element an id of its own, and correct the labels and links that use it.',
  'html-validate/text-content': 'Put words into it, or aria-label="…".',
  'html-validate/unique-landmark': 'Give landmarks of the same kind different names by aria-label.',
  'html-validate/valid-autocomplete':
    'Use a known autocomplete value, e.g. "email", "name" or "tel".',
  'html-validate/wcag/h30':
    'Put words into the link, or an alt text on the image inside it, saying where it goes.',
  'html-validate/wcag/h32': 'Add a submit button to the form.',
  'html-validate/wcag/h36': 'Add alt="…" to the image button saying what it does.',
  'html-validate/wcag/h37': ALT,
  'html-validate/wcag/h63': 'Write scope="col" or scope="row" on every header cell of the table.',
  'html-validate/wcag/h67': 'Decoration needs alt="" and no title.',
  'html-validate/wcag/h71': 'Begin the fieldset with a legend that names the group.',
};
