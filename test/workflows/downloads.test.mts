import { randomBytes } from 'node:crypto';

import { describe, expect, it, onTestFinished } from 'vitest';

import { keepFilesIn } from '../engine/core.mts';
import * as answers from '../simulator/answers.mts';
import type { Fault } from '../simulator/faults.mts';
import * as shapes from '../simulator/shapes.mts';
import {
	credentialsIn,
	firstRequestId,
	from,
	IMAGE,
	pictureOf,
	POLL,
	timesOf,
	useMotiveWorld,
} from './motive.mts';
import { useOtherHost } from './otherHost.mts';
import { useSecureFront } from './secureFront.mts';

// Ready at the first poll.
const world = useMotiveWorld({ latency: { kind: 'constant', ms: 1_000 } });

const jpegHead = Buffer.from('ffd8ffe000104a464946000101', 'hex');
const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const megabyte = Buffer.alloc(1024 ** 2);

const otherHost = useOtherHost(({ url }, response) => {
	if (url === '/endless') {
		// No length is announced, and it ends only far beyond the size of any image.
		response.write(jpegHead);
		let left = 200;
		const more = (): void => {
			if (left-- <= 0) response.end();
			else response.write(megabyte, more);
		};
		more();
		response.on('error', () => undefined);
	} else if (url === '/loop') {
		response.writeHead(302, { location: '/loop' }).end();
	} else if (url === '/out') {
		response.writeHead(302, { location: `${otherHost.url}/picture` }).end();
	} else {
		response.writeHead(200, { 'content-type': 'image/png' }).end(png);
	}
});

async function captureWith(...faults: Fault[]) {
	world.simulator.faults.add(...faults);
	const run = await world.run('capture', from('T-118'));
	// Whatever happened, no connection is left hanging.
	await expect.poll(() => world.simulator.held).toBe(0);
	return run;
}

function count(route: typeof IMAGE | typeof POLL): number {
	return world.simulator.received(route).length;
}

describe('An address that has expired', () => {
	it('is replaced by a fresh one', async () => {
		const run = await captureWith({ on: POLL, urlSeconds: -5, times: 1 });
		await pictureOf(run);
		// Motive says when its links expire, so none is tried in vain.
		expect([count(POLL), count(IMAGE)]).toEqual([2, 1]);
	});

	it('appears in the output only as the fresh one', async () => {
		const run = await captureWith({ on: POLL, urlSeconds: -5, times: 1 });
		expect(run.items[0]?.json).toMatchObject({ image: { expires_at: '2026-07-01T13:00:03Z' } });
	});

	it('is replaced only once', async () => {
		const run = await captureWith({ on: POLL, urlSeconds: -5 });
		expect(run.error?.message).toContain('HTTP 403');
		expect([count(POLL), count(IMAGE)]).toEqual([2, 1]);
	});

	it('without saying so is found out by trying', async () => {
		const silent = answers.edit((body) => {
			const json = JSON.stringify(body).replace(/,"expires_at":"[^"]*"/g, '');
			return JSON.parse(json) as answers.JsonObject;
		});
		await pictureOf(await captureWith({ on: POLL, urlSeconds: -5, times: 1, answer: silent }));
		expect([count(POLL), count(IMAGE)]).toEqual([2, 2]);
		expect(world.simulator.received(IMAGE).map(({ status }) => status)).toEqual([403, 200]);
	});

	it.each([403, 404])(
		'is recognised by HTTP %i, even when the rest of that answer never comes',
		async (status) => {
			const body = 'x'.repeat(300_000);
			await pictureOf(
				await captureWith({
					on: IMAGE,
					times: 1,
					connection: 'stall',
					answer: { status, headers: {}, body },
				}),
			);
			expect([count(POLL), count(IMAGE)]).toEqual([2, 2]);
		},
	);
});

describe('A download is repeated without asking Motive again', () => {
	it.each<{ when: string; fault: Fault; after: [from: number, to: number] }>([
		{ when: 'the connection breaks in the middle', fault: { connection: 'cut' }, after: [1, 2] },
		{ when: 'the connection breaks at once', fault: { connection: 'reset' }, after: [1, 2] },
		{ when: 'it falls silent in the middle', fault: { connection: 'stall' }, after: [30, 62] },
		{ when: 'no answer comes', fault: { connection: 'hang' }, after: [60, 62] },
		{ when: 'the image host fails', fault: { answer: answers.html(503) }, after: [1, 2] },
		{
			when: 'the image host asks to wait',
			fault: { answer: answers.error(503, 'slow down', { 'retry-after': '20' }) },
			after: [20, 20],
		},
	])('when $when', async ({ fault, after: [least, most] }) => {
		await pictureOf(await captureWith({ ...fault, on: IMAGE, times: 1 }));
		const [first = 0, second = 0] = timesOf(world, IMAGE);
		expect(second - first).toBeGreaterThanOrEqual(least);
		expect(second - first).toBeLessThanOrEqual(most);
		expect(count(POLL)).toBe(1);
	});

	it('but not for ever', async () => {
		const run = await captureWith({ on: IMAGE, connection: 'cut' });
		expect(run.error?.message).toContain('The connection broke during the download');
		expect(count(IMAGE)).toBe(5);
	});
});

describe('A download that trickles', () => {
	it.each([
		['a byte every four seconds', { bytes: 1, ms: 4_000 }],
		['a hundred bytes a second', { bytes: 100, ms: 1_000 }],
	])('with %s is given up', async (_, pace) => {
		const run = await captureWith({ on: IMAGE, pace });
		expect(run.error?.message).toContain('The download was too slow');
		expect(run.took).toBeLessThan(600_000);
	});

	it('is repeated', async () => {
		await pictureOf(await captureWith({ on: IMAGE, times: 1, pace: { bytes: 1, ms: 4_000 } }));
	});

	it('but not so slowly ends well', async () => {
		await pictureOf(await captureWith({ on: IMAGE, pace: { bytes: 4_096, ms: 1_000 } }));
		expect(count(IMAGE)).toBe(1);
	});
});

describe('What is not a picture is a failed download', () => {
	it.each<{ what: string; fault: Fault; message: string }>([
		{
			what: 'an empty body',
			fault: { answer: answers.content('', 'image/jpeg') },
			message: 'arrived empty',
		},
		{ what: 'a web page', fault: { answer: answers.html(200) }, message: 'is not a picture' },
		{
			what: 'a few bytes',
			fault: { answer: answers.content('no', 'image/jpeg') },
			message: 'is not a picture',
		},
		{
			what: 'more than a camera can make',
			fault: {
				answer: answers.content(
					Buffer.concat([jpegHead, Buffer.alloc(101 * 1024 ** 2)]),
					'image/jpeg',
				),
			},
			message: 'too large',
		},
	])('$what', async ({ fault, message }) => {
		const run = await captureWith({ ...fault, on: IMAGE });
		expect(run.error?.message).toContain(message);
		expect(count(IMAGE)).toBe(1);
		expect(run.items).toEqual([]);
	});

	it('a body that does not end', async () => {
		const run = await captureWith({
			on: IMAGE,
			answer: answers.redirect(`${otherHost.url}/endless`),
		});
		expect(run.error?.message).toContain('The file is larger than 100 MB');
	});
});

describe('A picture in an encoding that nobody asked for', () => {
	const bytes = {
		dense: Buffer.concat([png, randomBytes(300_000)]),
		sparse: Buffer.concat([png, Buffer.alloc(300_000)]),
	};
	const cases = (['gzip', 'deflate', 'br'] as const).flatMap((encoding) =>
		(['dense', 'sparse'] as const).map((kind) => ({ encoding, kind })),
	);

	/** In real time: the virtual clock does not see that a stream is at work in another thread. */
	async function getWith({ encoding, kind }: (typeof cases)[number], fault: Fault = {}) {
		await world.run('start', from('T-118'));
		const answer = answers.all(answers.content(bytes[kind], 'image/png'), shapes.encoded(encoding));
		world.simulator.faults.add({ ...fault, on: IMAGE, answer });
		const parameters = { requestId: firstRequestId, cameraType: 'dashcam' };
		return await world.engine.runNode({
			parameters: { resource: 'imageCapture', simplify: false, operation: 'get', ...parameters },
		});
	}

	// What is dense gets longer, what is sparse shorter.
	it.each(cases)('is whole: $encoding of $kind bytes', async (how) => {
		const run = await getWith(how);
		expect(run.error).toBeUndefined();
		expect(await run.file(run.items[0]?.binary?.['data'])).toEqual(bytes[how.kind]);
		expect(run.items[0]?.json).toMatchObject({ image: { fileSize: bytes[how.kind].length } });
		expect(count(IMAGE)).toBe(1);
	});

	it.each(cases)('is fetched again when it breaks off: $encoding of $kind bytes', async (how) => {
		await pictureOf(await getWith(how, { times: 1, connection: 'cut' }));
		expect(count(IMAGE)).toBe(2);
	});
});

describe('A picture in a form of HEIF', () => {
	it.each([
		['avif', 'image/avif'],
		['avis', 'image/avif'],
		['heic', 'image/heic'],
		['heix', 'image/heic'],
		['heim', 'image/heic'],
		['hevc', 'image/heic'],
		['hevx', 'image/heic'],
		['mif1', 'image/heif'],
		['msf1', 'image/heif'],
	])('with the brand %s is a picture', async (brand, mimeType) => {
		const run = await captureWith({ on: IMAGE, answer: shapes.heif(brand) });
		expect(run.items[0]?.json).toMatchObject({ image: { mimeType } });
	});
});

describe('The type of a picture', () => {
	it.each(['application/octet-stream', 'binary/octet-stream', 'text/plain', undefined])(
		'is read from its bytes when the host says %s',
		async (type) => {
			const run = await captureWith({ on: IMAGE, answer: answers.contentType(type) });
			await pictureOf(run);
			expect(run.items[0]?.binary?.['data']).toMatchObject({
				mimeType: 'image/jpeg',
				fileName: 'T-118_front_facing_90301.jpg',
			});
		},
	);

	it('gives the file its extension', async () => {
		const run = await captureWith({ on: IMAGE, answer: answers.content(png, 'image/jpeg') });
		expect(run.items[0]?.binary?.['data']).toMatchObject({
			mimeType: 'image/png',
			fileExtension: 'png',
			fileName: 'T-118_front_facing_90301.png',
		});
	});
});

it('A picture is the same whether n8n keeps files by themselves or in the items', async () => {
	const inFile = await pictureOf(await captureWith());
	await keepFilesIn('items');
	onTestFinished(async () => {
		await keepFilesIn('files');
	});
	const run = await captureWith();
	expect(run.items[0]?.binary?.['data']?.id).toBeUndefined();
	expect((await pictureOf(run)).length).toBeGreaterThan(inFile.length / 2);
});

describe('The image host', () => {
	it('gets no credential', async () => {
		await captureWith();
		const [request] = world.simulator.received(IMAGE);
		expect(credentialsIn(request)).toEqual([]);
		expect(JSON.stringify(request)).not.toContain(world.simulator.apiKey);
	});

	it('is asked for the bytes as they are', async () => {
		await captureWith();
		expect(world.simulator.received(IMAGE)[0]?.headers['accept-encoding']).toBe('identity');
	});

	it('may redirect to another host, which gets no credential either', async () => {
		const run = await captureWith({
			on: IMAGE,
			answer: answers.redirect(`${otherHost.url}/picture`),
		});
		expect(await run.file(run.items[0]?.binary?.['data'])).toEqual(png);
		expect(otherHost.requests).toHaveLength(1);
		expect(credentialsIn(otherHost.requests[0])).toEqual([]);
	});

	it('may not redirect in circles', async () => {
		const run = await captureWith({ on: IMAGE, answer: answers.redirect(`${otherHost.url}/loop`) });
		expect(run.error?.message).toContain('leads from one redirect to the next');
		expect(otherHost.requests).toHaveLength(3);
	});

	it.each([
		'file:///etc/passwd',
		'ftp://127.0.0.1/picture',
		'http://user:secret@127.0.0.1/picture',
		'http://',
	])('may not redirect to %s', async (location) => {
		const run = await captureWith({ on: IMAGE, answer: answers.redirect(location) });
		expect(run.error?.message).toContain(
			'The address that Motive gave for the picture is not usable',
		);
	});
});

describe('From an API that is only spoken to over TLS', () => {
	const secureFront = useSecureFront(() => world.simulator.url);
	const securePictures = useSecureFront(() => otherHost.url);
	const capture = async () => {
		const credentials = { motiveApi: { apiKey: world.simulator.apiKey, baseUrl: secureFront.url } };
		return await world.run('capture', from('T-118'), { credentials });
	};

	it('no picture is fetched without TLS', async () => {
		const run = await capture();
		expect(run.error?.message).toContain('is not encrypted (http), so it was not fetched');
		expect(count(IMAGE)).toBe(0);
	});

	it('a picture is fetched over TLS', async () => {
		const url = `${securePictures.url}/picture`;
		world.simulator.faults.add({
			on: POLL,
			answer: answers.fields({ images: { front_facing: { url } } }),
		});
		const run = await capture();
		expect(await run.file(run.items[0]?.binary?.['data'])).toEqual(png);
	});

	it('a redirect does not lead out of TLS', async () => {
		const url = `${securePictures.url}/out`;
		world.simulator.faults.add({
			on: POLL,
			answer: answers.fields({ images: { front_facing: { url } } }),
		});
		const run = await capture();
		expect(run.error?.message).toContain('is not encrypted (http), so it was not fetched');
		expect(otherHost.requests.map(({ url }) => url)).toEqual(['/out']);
	});
});

it('A capture that Motive calls ready, but without a link, is asked for once more', async () => {
	const withoutUrl = answers.fields({ images: {} });
	await pictureOf(await captureWith({ on: POLL, times: 1, answer: withoutUrl }));
	expect(count(POLL)).toBe(2);
});
