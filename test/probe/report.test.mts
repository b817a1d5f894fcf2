import fc from 'fast-check';
import { expect, it } from 'vitest';

import type { Exchange } from '../../demo/probe/api.mts';
import { lookAt, startIn } from '../../demo/probe/requests.mts';
import { reportOf } from '../../demo/probe/report.mts';
import { captureIn, type Findings } from '../../demo/probe/story.mts';
import { KNOWN_WORDS } from '../../demo/probe/words.mts';
import { allowedWords, anyAnswer, sentence, wordsIn } from './answers.mts';

const target = {
	kind: 'vehicle',
	id: 1040021,
	position: 'rear',
	name: async () => 'Mule-77',
} as const;
const start = await startIn(2, target);
const look = lookAt({ cameraType: 'omnicam', requestId: 90312 });

/** What the report says of its own accord, whatever was answered. */
const OWN_WORDS = wordsIn(
	reportOf(findingsWith([{}, { request_id: 1, camera_type: 'omnicam', status: 'pending' }]), {
		words: KNOWN_WORDS,
		made: 'n8n-nodes-motive 0.1.0',
		now: 0,
	}),
);
const FACTS = [
	...'about minutes not plausible the same a new one to s less than there after'.split(' '),
	...Array.from({ length: 11 }, (_, seconds) => String(seconds)),
];

/** What a probe has found to which Motive gave these answers: the first to the start, the others to looks. */
function findingsWith(bodies: readonly unknown[]): Findings {
	const [first, ...others] = bodies.map((body, index): Exchange => {
		const answer = { status: 200, headers: ['content-type'], body };
		return { request: index === 0 ? start : look, at: index * 3_000, took: 0, answer };
	});
	if (!first) throw new Error('There is no answer');
	const capture = captureIn(first, target);
	return {
		starts: [first],
		form: 2,
		...(capture && { capture }),
		looks: others,
		refusals: others.map((exchange) => ({ title: 'An ID that does not exist', exchange })),
		...(others[0] && { lastLook: others[0] }),
		number: 'Mule-77',
	};
}

const capture = fc.record({
	request_id: fc.integer({ min: 90_000, max: 90_001 }),
	camera_type: fc.constantFrom('dashcam', 'dc54', 'Mule'),
	status: sentence,
	images: fc.oneof(
		anyAnswer,
		fc.record({ rear: fc.record({ url: fc.webUrl(), expires_at: sentence }) }),
	),
	notes: anyAnswer,
});

it('No word of a report comes from an answer unless it is known', () => {
	fc.assert(
		fc.property(
			fc.array(fc.oneof(anyAnswer, capture), { minLength: 1, maxLength: 4 }),
			(bodies) => {
				const text = reportOf(findingsWith(bodies), {
					words: KNOWN_WORDS,
					made: 'n8n-nodes-motive 0.1.0',
					now: 0,
				});
				const known = new Set([...allowedWords, ...OWN_WORDS, ...FACTS]);
				expect(wordsIn(text).filter((word) => !known.has(word))).toEqual([]);
			},
		),
		{ numRuns: 300 },
	);
});
