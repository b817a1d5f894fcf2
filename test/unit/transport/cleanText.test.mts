import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { cleanText, withoutStopWord } from '../../../nodes/Motive/transport/cleanText.ts';

const SIGNATURE = 'X-Amz-Signature=5f1d';
const address = fc
	.record({
		scheme: fc.constantFrom('http', 'https', 'HTTPS', ''),
		path: fc.webPath(),
		query: fc.webQueryParameters().map((query) => query.replaceAll("'", '%27')),
	})
	.map(
		({ scheme, path, query }) =>
			`${scheme && `${scheme}://`}bucket.example${path}?${SIGNATURE}&${query}`,
	);
const markup = fc.constantFrom(
	'<b>',
	'</b>',
	'<a href="x">',
	'<',
	'>',
	'<script>x</script>',
	'<br',
	'<style>',
	'</style>',
);
const space = fc.constantFrom(' ', '\n', '\t', '\u0000', '\u0085', '\u2028', '\r\n', '  ');
const text = fc
	.array(
		fc.oneof(
			fc.string(),
			fc.lorem(),
			address.map((url) => `${url} `),
			markup,
			space,
		),
		{ maxLength: 30 },
	)
	.map((parts) => parts.join(''));

describe('cleanText', () => {
	it.each([
		['  two\n\tlines\u0000 ', 'two lines'],
		[
			'<html><head><title>x</title><style>b{}</style></head><body><h1>Bad  Gateway</h1></body></html>',
			'Bad Gateway',
		],
		['a < b', 'a < b'],
		['one<br>two', 'one two'],
		['one<style>b { }</style>two', 'one two'],
		['<script>let a = 1;\n</script>Blocked', 'Blocked'],
		['no a.jpg??X-Amz-Signature=5f1d', 'no a.jpg'],
		[`GET https://x.example/a.jpg?${SIGNATURE}&b=c failed`, 'GET https://x.example/a.jpg failed'],
		[`see "https://x.example/a?${SIGNATURE}".`, 'see "https://x.example/a".'],
		[`no file /captures/a.jpg?${SIGNATURE} there`, 'no file /captures/a.jpg there'],
		['Is it on?? "Is it?" Yes.', 'Is it on?? "Is it?" Yes.'],
		['x'.repeat(301), `${'x'.repeat(299)}…`],
		['x'.repeat(300), 'x'.repeat(300)],
		['', ''],
	])('makes %j into %j', (dirty, clean) => {
		expect(cleanText(dirty)).toBe(clean);
	});

	it('is one line of at most 300 characters, without space around it', () => {
		fc.assert(
			fc.property(text, (dirty) => {
				const clean = cleanText(dirty);
				expect(clean.length).toBeLessThanOrEqual(300);
				expect(clean).not.toMatch(/[\p{Cc}\u2028\u2029]|^\s|\s$/u);
			}),
		);
	});

	it('has no signature of any address', () => {
		fc.assert(
			fc.property(text, address, text, (before, url, after) => {
				expect(cleanText(`${before} ${url} ${after}`)).not.toContain(SIGNATURE);
			}),
		);
	});

	it('has no secret', () => {
		const secret = fc.stringMatching(/^[\w-]{8,40}$/);
		fc.assert(
			fc.property(
				fc.array(secret, { minLength: 1, maxLength: 3 }),
				text,
				text,
				(secrets, before, after) => {
					const clean = cleanText(`${before}${secrets.join(after)}${after}`, secrets);
					for (const each of secrets) expect(clean).not.toContain(each);
				},
			),
		);
	});

	it('knows a secret that was pasted with space around it', () => {
		expect(cleanText('invalid key k3y', [' k3y\n'])).toBe('invalid key ***');
	});

	it('does not mind a secret that is empty', () => {
		expect(cleanText('invalid key', ['', ' '])).toBe('invalid key');
	});

	it('changes nothing the second time', () => {
		fc.assert(
			fc.property(text, (dirty) => {
				expect(cleanText(cleanText(dirty))).toBe(cleanText(dirty));
			}),
			{ numRuns: 500 },
		);
	});

	it('breaks no character in two', () => {
		expect(cleanText('🚚'.repeat(200))).toBe(`${'🚚'.repeat(149)}…`);
		expect(cleanText(`x${'🚚'.repeat(200)}`)).toBe(`x${'🚚'.repeat(149)}…`);
	});
});

describe('withoutStopWord', () => {
	it.each([
		['the capture was canceled', 'the capture was cancelled'],
		['CANCELED, Canceled', 'cancelled, cancelled'],
		['cancelled', 'cancelled'],
	])('makes %j into %j', (message, clean) => {
		expect(withoutStopWord(message)).toBe(clean);
	});
});
