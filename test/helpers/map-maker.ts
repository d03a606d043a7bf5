/** A persona file that nothing is wrong with: one more than the shipped ones. */
export const MAP_MAKER = `---
id: map-maker
title: Map maker
scope: Draws maps
accepts: [draw.diagram]
declines:
  - { what: pictures, to: image-preparer, kinds: [], examples: [one, two] }
  - { what: diagrams, to: diagram-maker, kinds: [], examples: [one, two] }
  - { what: surveys, to: human, kinds: [], examples: [one, two] }
lane: local
gate: none
inputs: streets.
questions: ['Which town?']
deliverable: One map.
version: 1
---

Draw the streets first.

Never invent one.
`;
