import { MotiveFailure } from '../motive/failure';
import { unreadable } from '../motive/jobAnswer';
import { isMissing, unwrap } from '../motive/parse';
import { parseRefusal, parseServiceText, TEXT_KEYS, type HttpAnswer } from './parseFailure';

/** Motive's answers have some ten levels. */
const MOST_LEVELS = 100;

/** A full page of events has some hundred kilobytes. */
const MOST_MEGABYTES = 4;

/** What an answer is judged by. */
export interface Expectation {
	/** Fields (in lower case) of which an answer has at least one; without them, anything but error words will do. */
	expected?: readonly string[] | undefined;
	/** Texts that must not show up in what the service says. */
	secrets: readonly string[];
	/** Milliseconds since the epoch. */
	now: number;
}

/**
 * Makes sure that an answer is one to go on with, before anything else looks at it: a success, of a sane size, and not
 * error words in place of what was asked for.
 *
 * @throws MotiveFailure of the kind that belongs to a status of 300 and above; `unreadable` when the answer is out of all
 * proportion; `refused` when it is no more than error words
 */
export function checkAnswer(answer: HttpAnswer, { expected, secrets, now }: Expectation): void {
	const excess = excessOf(answer.body);
	if (answer.status >= 300) {
		const body = excess === undefined ? answer.body : undefined;
		throw parseRefusal({ ...answer, body }, secrets, now);
	}
	if (excess !== undefined) throw unreadable(`Motive’s answer is ${excess}`);

	const json = unwrap(answer.body, [...TEXT_KEYS, ...(expected ?? [])]);
	if (json === null) return;
	const given = Object.keys(json).filter((key) => !isMissing(json[key]));
	const isExpected = given.some((key) =>
		expected ? expected.includes(key.toLowerCase()) : !TEXT_KEYS.includes(key),
	);
	const serviceText = isExpected ? undefined : parseServiceText(json, secrets);
	if (serviceText !== undefined) throw new MotiveFailure('refused', { serviceText });
}

/** In what an answer is out of all proportion, if it is. Counts level by level: calls for each would overflow the stack. */
function excessOf(body: unknown): string | undefined {
	let size = 0;
	let level: unknown[] = [body];
	for (let depth = 0; level.length > 0; depth++) {
		if (depth > MOST_LEVELS) return 'nested too deeply';
		const below: unknown[] = [];
		for (const value of level) {
			if (typeof value === 'string') size += value.length;
			if (typeof value !== 'object' || value === null) continue;
			for (const [key, inner] of Object.entries(value)) {
				size += key.length + 1;
				below.push(inner);
			}
		}
		if (size > MOST_MEGABYTES * 1024 ** 2) return `larger than ${MOST_MEGABYTES} MB`;
		level = below;
	}
	return undefined;
}
