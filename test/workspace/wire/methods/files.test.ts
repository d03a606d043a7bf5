import { afterEach, describe, expect, test } from '@jest/globals';
import { client, closeAll, refusal, workspace } from '../../bolt.ts';

afterEach(closeAll);

describe('files', () => {
  test('uploads ask for a name and a size, and share only what arrived', async () => {
    const space = await workspace();
    const { files } = client(space);
    expect(
      await refusal(files.getUploadURLExternal({ filename: 'a.txt', length: 0 })),
    ).toMatchObject({ error: 'file_upload_size_zero' });
    const { file_id = '', upload_url = '' } = await files.getUploadURLExternal({
      filename: 'a.txt',
      length: 3,
    });
    expect(await refusal(files.completeUploadExternal({ files: [{ id: file_id }] }))).toMatchObject(
      { error: 'file_not_found' },
    );
    expect(await (await fetch(upload_url, { method: 'POST', body: 'abc' })).text()).toBe('OK - 3');
    expect((await fetch(upload_url, { method: 'POST', body: 'other' })).status).toBe(404);
    await files.completeUploadExternal({
      files: [{ id: file_id, title: 'A' }],
      channel_id: 'C0ACME',
    });
    const told = (await files.info({ file: file_id })).file;
    expect(told).toMatchObject({ name: 'a.txt', title: 'A', size: 3, mimetype: 'text/plain' });
    expect(Object.keys(told?.shares?.public ?? {})).toEqual(['C0ACME']);
  });
});
