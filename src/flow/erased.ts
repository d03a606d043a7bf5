import { Fault } from '../core/fault.ts';

/** What a text says, or `instead` where it was erased: whatever shows old work says so instead of failing. */
export async function unlessErased<T>(reading: Promise<T>, instead: T): Promise<T> {
  try {
    return await reading;
  } catch (thrown) {
    if (thrown instanceof Fault && thrown.code === 'erased') return instead;
    throw thrown;
  }
}
