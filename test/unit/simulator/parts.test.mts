import { loadImage } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { Captures } from '../../simulator/captures.mts';
import { makeFleet } from '../../simulator/fleet.mts';
import { sampleLatency, type Latency } from '../../simulator/latency.mts';
import { padJpeg, Painter } from '../../simulator/pictures.mts';

/** Quantiles of many samples, in milliseconds. */
function quantiles(latency: Latency, ...shares: number[]): number[] {
	const samples = Array.from({ length: 4000 }, (_, index) => sampleLatency(latency, String(index)));
	samples.sort((a, b) => a - b);
	return shares.map((share) => samples[Math.floor(share * samples.length)] ?? NaN);
}

describe('latency', () => {
	it('follows its median and 95 % quantile', () => {
		const [median, p95] = quantiles({ kind: 'lognormal', median: 6000, p95: 20_000 }, 0.5, 0.95);
		expect((median ?? 0) / 6000).toBeCloseTo(1, 1);
		expect((p95 ?? 0) / 20_000).toBeCloseTo(1, 1);
	});

	it('has two humps', () => {
		const fast: Latency = { kind: 'uniform', min: 1000, max: 2000 };
		const slow: Latency = { kind: 'never' };
		const [before, after] = quantiles({ kind: 'bimodal', fast, slow, slowShare: 0.3 }, 0.65, 0.75);
		expect(before).toBeLessThan(2000);
		expect(after).toBe(Infinity);
	});
});

describe('a picture', () => {
	const [device] = makeFleet(1);
	const paint = async (shared: boolean): Promise<Buffer> => {
		if (!device) throw new Error('an empty fleet');
		const capture = new Captures().start(device, 'rear', 0, 0);
		return await new Painter({ shared, bytes: 300_000 }).paint(capture);
	};

	it.each([false, true])(
		'has the wanted size and can still be decoded (shared: %s)',
		async (shared) => {
			const jpeg = await paint(shared);
			const { width, height } = await loadImage(jpeg);
			expect([jpeg.length, width, height]).toEqual([300_000, 1280, 720]);
		},
	);

	it('is padded to the byte around the length of a segment', () => {
		const jpeg = Buffer.from('ffd8ffd9', 'hex');
		for (const extra of [0, 4, 65_536, 65_537, 65_538, 65_540, 65_541, 131_075]) {
			expect(padJpeg(jpeg, 4 + extra)).toHaveLength(4 + extra);
		}
	});
});
