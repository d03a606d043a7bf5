import { describe, expect, test } from '@jest/globals';
import { parsePhp } from '../../../src/rehearsal/work/php-source.ts';
import { ofTheDay, play, textIn } from '../play.ts';

const hardened = (text: string) => {
  const out = textIn(play({ persona: 'plugin-hardener', files: [{ name: 'p.php', text }] }));
  expect(parsePhp(out)).toBeDefined();
  return out;
};

describe('hardening the sample plugin', () => {
  const names = [
    'acme-bookings.php',
    'includes/store.php',
    'includes/form.php',
    'includes/admin.php',
  ].map((n) => `plugin/acme-bookings/${n}`);
  const answer = play({ persona: 'plugin-hardener', files: names.map(ofTheDay) });
  const text = (name: string) => textIn(answer, `plugin/acme-bookings/${name}`);

  test('guards every file and leaves each one valid PHP', () => {
    expect(answer.deliverable_files.map((f) => f.name)).toEqual(names);
    for (const file of answer.deliverable_files) {
      expect(file.text).toContain("defined( 'ABSPATH' )");
      expect(parsePhp(file.text)).toBeDefined();
    }
  });

  test('prepares both queries', () => {
    expect(text('includes/store.php')).toContain(
      "$wpdb->prepare( 'SELECT * FROM %i WHERE class_name = %s ORDER BY id', acme_bookings_table(), $class_name )",
    );
    expect(text('includes/store.php')).toContain(
      '$wpdb->prepare( "DELETE FROM {$wpdb->prefix}acme_bookings WHERE id = %d", $id )',
    );
  });

  test('checks what the handlers are sent, a capability only where visitors may not send it', () => {
    expect(text('includes/form.php')).toContain("check_admin_referer( 'acme_book' )");
    expect(text('includes/form.php')).not.toContain('current_user_can');
    for (const action of ['acme_delete', 'acme_import']) {
      expect(text('includes/admin.php')).toContain(`check_admin_referer( '${action}' )`);
      expect(text('includes/admin.php')).toContain(`<?php wp_nonce_field( '${action}' ); ?>`);
    }
    expect(text('includes/admin.php').match(/current_user_can/g)).toHaveLength(2);
  });

  test('reads JSON where it unserialized', () => {
    expect(text('includes/admin.php')).not.toMatch(/\b(?:un)?serialize\(/);
  });
});

describe('hardening one line', () => {
  test.each([
    ['echo $name;', 'echo esc_html( $name );'],
    ['echo "<b>$name</b>";', 'echo "<b>" . esc_html( $name ) . "</b>";'],
    ['echo "<i>{$row->title}</i>";', 'echo "<i>" . esc_html( $row->title ) . "</i>";'],
    [`echo '<a href="' . $url . '">';`, `echo '<a href="' . esc_url( $url ) . '">';`],
    [
      `echo '<input value="' . $value . '">';`,
      `echo '<input value="' . esc_attr( $value ) . '">';`,
    ],
    ['echo $ok ? $a : "no";', 'echo $ok ? esc_html( $a ) : "no";'],
    ['echo esc_html( $name );', 'echo esc_html( $name );'],
    [
      "update_option( 'a', $_POST['a'] );",
      "update_option( 'a', sanitize_text_field( wp_unslash( $_POST['a'] ) ) );",
    ],
    [
      "$a = isset( $_GET['a'] ) ? absint( $_GET['a'] ) : 0;",
      "$a = isset( $_GET['a'] ) ? absint( $_GET['a'] ) : 0;",
    ],
    [
      `$wpdb->get_var( "SELECT id FROM {$wpdb->posts} WHERE post_title LIKE '%$term%' AND x = 5%" );`,
      `$wpdb->prepare( "SELECT id FROM {$wpdb->posts} WHERE post_title LIKE %s AND x = 5%%", '%' . $wpdb->esc_like( $term ) . '%' )`,
    ],
    [
      `$wpdb->query( "UPDATE x SET a = '" . $_POST['a'] . "'" );`,
      `$wpdb->prepare( 'UPDATE x SET a = %s', sanitize_text_field( wp_unslash( $_POST['a'] ) ) )`,
    ],
    ['$wpdb->query( "SELECT 1" );', '$wpdb->query( "SELECT 1" );'],
  ])('%s', (before, after) => {
    expect(hardened(`<?php\n${before}\n`)).toContain(after);
  });

  test('PHP that cannot be read comes back unchanged but marked, and the answer says so', () => {
    const answer = play({
      persona: 'plugin-hardener',
      files: [{ name: 'p.php', text: '<?php function ( {' }],
    });
    expect(textIn(answer)).toContain('function ( {');
    expect(answer.assumptions.join(' ')).toContain('p.php could not be read as PHP');
  });
});
