import { describe, expect, test } from '@jest/globals';
import { appFolder, permissionFlag, probeFence } from '../../src/exact/launch.ts';

describe('launch', () => {
  test.each([
    ['20.19.0', '--experimental-permission'],
    ['22.12.0', '--experimental-permission'],
    ['22.13.0', '--permission'],
    ['23.4.0', '--experimental-permission'],
    ['23.5.0', '--permission'],
    ['24.0.0', '--permission'],
  ])('Node %s is asked with %s', (version, flag) => {
    expect(permissionFlag(version)).toBe(flag);
  });

  test('the child may read the folder that holds package.json and nothing above it', () => {
    expect(appFolder(new URL(import.meta.url)) + '/').toBe(
      new URL('../../', import.meta.url).pathname,
    );
    expect(() => appFolder(new URL('file:///nowhere/main.js'))).toThrow('package.json');
  });

  test('the fence says what it holds', async () => {
    const fence = await probeFence();
    expect(fence.says).toContain(
      fence.prefix.length > 0 ? 'an empty network namespace' : 'refused inside the child',
    );
  });
});
