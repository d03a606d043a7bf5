/** A process that starts or adopts, says what it got, and stays until it is killed. */
import { startEmbedded } from '../../src/embedded/launch.ts';

const [home = '', keys = ''] = process.argv.slice(2);
const said: string[] = [];
const { how, pid, port } = await startEmbedded({ home, keys, log: (line) => said.push(line) });
process.stdout.write(`${JSON.stringify({ how, pid, port, said })}\n`);
setInterval(() => {}, 60_000);
