/**
 * Twelve edit histories of public repositories: documents in long lines and wrapped ones, lists of rules, and code of
 * several languages. Each is named by its newest commit, so that the figures can be had again.
 */
export const HISTORIES = [
  ['semver/semver', 'semver.md', 'f99d5485190a47c0863949e7da810a5553e0ed4d'],
  ['C2SP/C2SP', 'tlog-cosignature.md', '5ba5ee830903e91240fc6f9f3a7a9293d49e69c9'],
  [
    '18F/content-guide',
    '_pages/our-style/specific-words-and-phrases.md',
    '1b1723d3d5b8f91d92c16487c88b56265dc0ec3a',
  ],
  [
    'github/opensource.guide',
    '_articles/how-to-contribute.md',
    'ebc9678e39b55ff5e5c8801d1960904692188e90',
  ],
  ['a11yproject/a11yproject.com', 'README.md', '030860afe89161595f804330219d38e509b0f0ec'],
  ['h5bp/html5-boilerplate', 'docs/html.md', 'b7e31d67f4cf83e23d51f4decc73618bf8bd77ba'],
  ['dequelabs/axe-core', 'doc/API.md', '57cb1efb8f81d46158551532d9dcfc9c7aa32ab1'],
  ['sindresorhus/execa', 'readme.md', '8017b279e19347efaf2587711c2d57dbd4330740'],
  ['guzzle/guzzle', 'src/Client.php', '2779e868a00289e1b1fd854af030c43a06f4bcb4'],
  [
    'woocommerce/action-scheduler',
    'classes/data-stores/ActionScheduler_DBStore.php',
    '9c12a73051521798e6af61f2442db3cd9f20b6e1',
  ],
  ['expressjs/express', 'lib/response.js', 'a3714473feb3d2908add734d340e7755fd85e0a3'],
  ['necolas/normalize.css', 'normalize.css', 'fc091cce1534909334c1911709a39c22d406977b'],
].map(([repository, path, commit]) => ({ repository, path, commit }));
