import axios from 'axios';
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startReceivedPage, type ReceivedPage } from '../../e2e/outside/page.mts';
import type { Received } from '../../e2e/outside/pageHtml.mts';

const JPEG = Buffer.from('ffd8ffd9', 'hex');
const MAIL = `From: n8n@fleet.example
To: safety@fleet.example
Date: Thu, 2 Jul 2026 18:00:00 +0000
Subject: Incident: <b>hard</b> brake
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=part

--part
Content-Type: text/plain

The report.
--part
Content-Type: text/html
Content-Disposition: attachment; filename="report 7.html"

<p>Report</p>
--part--
`;

const message = (text: string, ts = '1783015200.000001') => ({ channel: 'alerts', ts, text });
const picture = (threadTs?: string) => ({
	...message('', '1783015201.000002'),
	...{ threadTs, name: 'T-118 rear.jpg', title: 'Rear', content: JPEG },
});
const exchange = (content: unknown, reply: string): Received['openAi']['exchanges'][number] => ({
	at: new Date('2026-07-02T18:00:00Z'),
	request: { model: 'any', tools: [], messages: [{ role: 'user', content }] },
	reply,
});

let received: Received;
let page: ReceivedPage;
beforeAll(async () => {
	received = {
		motive: { url: 'http://motive.example' },
		slack: { messages: [], files: [] },
		mailbox: { mails: [] },
		storage: {
			names: async () => await Promise.resolve(['rounds/a #1.jpg']),
			read: async (name) =>
				await Promise.resolve({ type: 'image/jpeg', content: Buffer.from(name) }),
		},
		openAi: { exchanges: [] },
		proxy: { refused: ['GET http://elsewhere.example/'] },
	};
	page = await startReceivedPage(received, 'http://n8n.example');
});
beforeEach(() => {
	received.slack.messages.length = received.slack.files.length = 0;
	received.mailbox.mails.length = received.openAi.exchanges.length = 0;
});
afterAll(async () => {
	await page.stop();
});

async function get(path: string): Promise<{ type: unknown; content: Buffer }> {
	const { data, headers } = await axios.get<Buffer>(`${page.url}${path}`, {
		responseType: 'arraybuffer',
		proxy: false,
	});
	return { type: headers['content-type'], content: data };
}
const html = async () => (await get('/')).content.toString();

describe('the page of what was received', () => {
	it('says that nothing has come, and leads to n8n and to the simulated Motive', async () => {
		const text = await html();
		expect(text).toMatch(/<h2>Slack <small>0<\/small><\/h2><p class="soft">Nothing yet\./);
		expect(text).toContain('<a href="http://n8n.example">');
		expect(text).toContain('<a href="http://motive.example">');
	});

	it('has messages with their marks and their threads, newest first', async () => {
		const first = message(':warning: *Hard brake* at <https://maps.example/?q=1|San Jose>');
		received.slack.messages.push(first, message('Second', '1783015300.000003'));
		received.slack.files.push(picture(first.ts));
		const text = await html();
		expect(text).toContain(
			'⚠️ <b>Hard brake</b> at <a href="https://maps.example/?q=1">San Jose</a></p><div class="thread"><article>',
		);
		expect(text).toContain('<img src="/slack/0/T-118%20rear.jpg" alt=""> T-118 rear.jpg');
		expect(text.indexOf('Second')).toBeLessThan(text.indexOf('Hard brake'));
		expect(await get('/slack/0/T-118%20rear.jpg')).toEqual({ type: 'image/jpeg', content: JPEG });
	});

	it('has mails with what is attached to them', async () => {
		received.mailbox.mails.push(await simpleParser(MAIL.replaceAll('\n', '\r\n')));
		const text = await html();
		expect(text).toMatch(/n8n@fleet\.example → safety@fleet\.example[^]*The report\./);
		expect(text).toContain('<a href="/mail/0/0/report%207.html" target="_blank">');
		expect((await get('/mail/0/0/report%207.html')).content.toString()).toContain('<p>Report</p>');
	});

	it('has files in the storage under any name', async () => {
		expect(await html()).toContain('<img src="/storage/rounds/a%20%231.jpg" alt="">');
		expect((await get('/storage/rounds/a%20%231.jpg')).content.toString()).toBe('rounds/a #1.jpg');
	});

	it('has questions to the model with their images, and its answers', async () => {
		const image_url = { url: `data:image/jpeg;base64,${JPEG.toString('base64')}` };
		const content = [
			{ type: 'text', text: 'Is the door open?' },
			{ type: 'image_url', image_url },
		];
		received.openAi.exchanges.push(exchange(content, 'See ![it](http://pictures.example/1.jpg)'));
		const text = await html();
		expect(text).toMatch(/Is the door open\?[^]*<img src="\/model\/0\/0" alt="">/);
		expect(text).toMatch(/<p>See <\/p>.*<img src="http:\/\/pictures\.example\/1\.jpg" alt="">/);
		expect(await get('/model/0/0')).toEqual({ type: 'image/jpeg', content: JPEG });
	});

	it('names hosts that were asked and are not there', async () => {
		expect(await html()).toContain('<p>GET http://elsewhere.example/</p>');
	});

	it('shows what was sent as text, whatever is in it', async () => {
		const bad = '<img src=x onerror=alert(1)>';
		received.slack.messages.push({ ...message(bad), channel: bad });
		received.slack.files.push({ ...picture(), name: `${bad}.jpg` });
		received.mailbox.mails.push(await simpleParser(MAIL));
		received.openAi.exchanges.push(exchange(bad, `${bad} ![${bad}](javascript:"><b>)`));
		const text = await html();
		expect(text).not.toMatch(/<img src=x|<b>hard|"><b>|href="javascript/);
	});

	it('sends files in which nothing can run', async () => {
		received.slack.files.push({ ...picture(), name: 'page.html' });
		const { headers } = await axios.get(`${page.url}/slack/0/page.html`, { proxy: false });
		expect(headers).toMatchObject({ 'content-security-policy': 'sandbox' });
	});
});
