import { describe, expect, test } from '@jest/globals';
import { runPhp } from '../../../../src/exact/child/php/rules.ts';

const GUARD = "<?php defined( 'ABSPATH' ) || exit;\n";

/** What is found in one file of a plugin, as `rule level line`. */
const found = (code: string, ...others: string[]): string[] =>
  runPhp(
    [GUARD + code, ...others].map((text, index) => ({
      name: `${index}.php`,
      kind: 'php' as const,
      text,
    })),
  ).map((raw) => `${raw.ruleId} ${raw.level} ${raw.where.line}`);

describe('output', () => {
  test.each([
    ["echo $_GET['q'];", ['wp/escape-output error 2']],
    ["$q = wp_unslash( $_GET['q'] );\necho '<p>' . $q;", ['wp/escape-output error 3']],
    ["$q = $_GET['q'];\n$q = esc_html( $q );\necho $q;", []],
    [
      "$q = $_GET['q'];\nif ( $q ) { $q = esc_html( $q ); }\necho $q;",
      ['wp/escape-output error 4'],
    ],
    ["echo get_option( 'x' );", ['wp/escape-output error 2']],
    ["echo esc_html( $_GET['q'] ), (int) $_GET['n'], count( $_POST );", []],
    ['function acme_a( $title ) { echo $title; }', ['wp/escape-output warn 2']],
    ["printf( '%s', $_GET['q'] );", ['wp/escape-output error 2']],
    ['echo isset( $_GET["a"] ) ? "yes" : "no";', []],
  ])('%s', (code, expected) => {
    expect(found(code)).toEqual(expected);
  });
});

describe('the database', () => {
  test.each([
    ['$wpdb->query( "DELETE FROM x WHERE id = $id" );', ['wp/prepare-sql error 2']],
    ['$wpdb->get_var( "SELECT 1 FROM {$wpdb->prefix}x" );', []],
    ['$wpdb->query( $wpdb->prepare( "DELETE FROM x WHERE id = %d", $id ) );', []],
    ['$sql = $wpdb->prepare( "SELECT %d", $id );\n$wpdb->get_row( $sql );', []],
    [
      '$wpdb->query( $wpdb->prepare( "DELETE FROM x WHERE id = $id" ) );',
      ['wp/prepare-sql error 2', 'wp/prepare-sql error 2'],
    ],
    ['$this->wpdb->query( "DROP TABLE " . $name );', ['wp/prepare-sql error 2']],
  ])('%s', (code, expected) => {
    expect(
      found(`// add_action\n${code}`)
        .map((line) => line.replace(' 3', ' 2'))
        .filter((line) => !line.startsWith('wp/nonce')),
    ).toEqual(expected);
  });
});

describe('calls', () => {
  test.each(['eval( $x );', 'unserialize( $x );', 'extract( $x );', 'shell_exec( $x );', '`ls`;'])(
    '%s is dangerous',
    (code) => {
      expect(found(code)).toContain('php/dangerous-call error 2');
    },
  );

  test('a file chosen by the request', () => {
    expect(found("include $_GET['page'];")).toEqual(['php/include-request error 2']);
  });
});

describe('handlers', () => {
  const handler = (body: string): string =>
    `function acme_save() {\n${body}\nupdate_option( 'x', 1 );\n}`;
  const hook = (name: string): string => `${GUARD}add_action( '${name}', 'acme_save' );`;

  test('hooked in another file, without nonce and capability', () => {
    expect(found(handler(''), hook('admin_post_save'))).toEqual([
      'wp/nonce error 2',
      'wp/capability error 2',
    ]);
  });

  test('with both it is fine, also when another function asks', () => {
    expect(
      found(handler("check_admin_referer( 'x' ); current_user_can( 'y' );"), hook('wp_ajax_save')),
    ).toEqual([]);
    const asks = `${GUARD}function acme_may() { check_ajax_referer( 'x' ); if ( ! current_user_can( 'y' ) ) { exit; } }`;
    expect(found(handler('acme_may();'), hook('wp_ajax_save'), asks)).toEqual([]);
  });

  test('open to visitors it needs no capability', () => {
    expect(found(handler(''), hook('admin_post_nopriv_save'))).toEqual(['wp/nonce error 2']);
  });

  test('methods hooked as array, writing through another function', () => {
    const code =
      "class Acme_A { function go() { add_action( 'wp_ajax_x', array( $this, 'save' ) ); } function save() { acme_write(); } }\nfunction acme_write() { wp_delete_post( 1 ); }";
    expect(found(code)).toEqual(['wp/nonce error 2', 'wp/capability error 2']);
  });

  test('reading without changing asks for nothing', () => {
    expect(found("function acme_show() { echo esc_html( $_POST['q'] ); }")).toEqual([]);
  });
});

describe('files', () => {
  const one = (text: string): string[] =>
    runPhp([{ name: 'a.php', kind: 'php', text }]).map((raw) => `${raw.ruleId} ${raw.level}`);

  test('a guard is asked of plugin files that do something, and only remarked on of classes', () => {
    expect(one("<?php\nadd_action( 'init', 'acme_go' );")).toEqual(['wp/abspath-guard error']);
    expect(one('<?php\nclass Acme_A { function a() { add_action(1); } }')).toEqual([
      'wp/abspath-guard note',
    ]);
    expect(
      one("<?php\nif ( ! defined( 'ABSPATH' ) ) { exit; }\nadd_action( 'init', 'acme_go' );"),
    ).toEqual([]);
    expect(one('<?php\n$plain = 1;')).toEqual([]);
  });

  test('global names without the common prefix', () => {
    expect(
      found(
        'function acme_a() {}\nfunction acme_b() {}\nfunction helper() {}\ndefine( "ACME_C", 1 );',
      ),
    ).toEqual(['wp/prefix-globals warn 4']);
  });

  test('what does not parse is an error with its line, not a fault', () => {
    expect(one('<?php\n$a = ;')).toEqual(['php/syntax error']);
  });
});
