import { divideHalfEven, nanoUsd, times, type NanoUsd } from './money.ts';

/** What own hardware costs while it computes: electricity, and the hardware itself where the owner entered its price. */
export type Power = {
  readonly watts: number;
  readonly nanoUsdPerKwh: number;
  readonly hardware: Hardware | null;
};

/** A purchase spread over the hours it is expected to work. */
export type Hardware = {
  readonly purchase: NanoUsd;
  readonly years: number;
  readonly hoursPerDay: number;
};

/** Watts x milliseconds / this are kWh. */
const WATT_MS_PER_KWH = 3_600_000_000n;
const MS_PER_HOUR = 3_600_000n;

/**
 * What milliseconds of own hardware cost, in nano-USD: watts x ms / 3.6e9 kWh at the tariff, and purchase x ms / (years x
 * 365 x hours a day x 3.6e6 ms). Both are added as one fraction and rounded once, half-even.
 */
export function powerCost(computeMs: number, { watts, nanoUsdPerKwh, hardware }: Power): NanoUsd {
  const energy = times(computeMs, watts) * BigInt(nanoUsdPerKwh);
  if (hardware === null) return nanoUsd(Number(divideHalfEven(energy, WATT_MS_PER_KWH)));
  const life = BigInt(hardware.years) * 365n * BigInt(hardware.hoursPerDay) * MS_PER_HOUR;
  const share = times(computeMs, hardware.purchase);
  const sum = energy * life + share * WATT_MS_PER_KWH;
  return nanoUsd(Number(divideHalfEven(sum, WATT_MS_PER_KWH * life)));
}

/** What stands beside such a figure, so that nobody takes it for more than it is. */
export function powerSays({ hardware }: Power): string {
  return hardware === null ? 'electricity only' : 'electricity and hardware';
}
