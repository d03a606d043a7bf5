import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { meantName, rehearsalName, unmarkedName } from '../../src/core/file-name.ts';

describe('names of files', () => {
  test('a rehearsal marks the part that is saved', () => {
    expect(rehearsalName('a.md')).toBe('REHEARSAL-a.md');
    expect(rehearsalName('includes/admin.php')).toBe('includes/REHEARSAL-admin.php');
  });

  test('the mark comes off again, whatever the name', () => {
    fc.assert(
      fc.property(fc.string(), (name) => expect(unmarkedName(rehearsalName(name))).toBe(name)),
    );
  });

  test.each([
    ['admin.php', ['includes/admin.php', 'main.php'], 'includes/admin.php'],
    ['REHEARSAL-admin.php', ['includes/admin.php'], 'includes/admin.php'],
    ['main.php', ['includes/main.php', 'main.php'], 'main.php'],
    ['main.php', ['a/main.php', 'b/main.php'], undefined],
    ['new.php', ['main.php'], undefined],
  ])('%s among %j is %s', (sent, known, meant) => {
    expect(meantName(sent, known)).toBe(meant);
  });
});
