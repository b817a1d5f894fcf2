import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ParsedMail } from 'mailparser';
import { escapeHtml } from '../../simulator/html.mts';
import { readContent, type ChatReply, type Exchange } from './openAi.mts';
import type { SlackFile, SlackMessage } from './slack.mts';
import type { Outside } from './world.mts';

/** What the page shows. */
export interface Received {
	motive: Pick<Outside['motive'], 'url'>;
	slack: Pick<Outside['slack'], 'files' | 'messages'>;
	mailbox: Pick<Outside['mailbox'], 'mails'>;
	storage: Pick<Outside['storage'], 'names' | 'read'>;
	openAi: Pick<Outside['openAi'], 'exchanges'>;
	proxy: Pick<Outside['proxy'], 'refused'>;
}

const style = readFileSync(join(import.meta.dirname, 'page.css'), 'utf8');

/** Shows what is new, without the jump of a page that is loaded again. */
const script = `
	const main = document.querySelector('main');
	let shown;
	setInterval(async () => {
		const page = await (await fetch('/')).text();
		if (page !== shown) main.innerHTML = new DOMParser().parseFromString(page, 'text/html').querySelector('main').innerHTML;
		shown = page;
	}, 2000);
`;

/**
 * The page as HTML. Its links to files are those of {@link startReceivedPage}; it keeps itself up to date.
 * @param editorUrl address of n8n, for a link to it
 */
export async function receivedPage(received: Received, editorUrl: string): Promise<string> {
	const { motive, slack, mailbox, storage, openAi, proxy } = received;
	const names = await storage.names();
	const { exchanges } = openAi;
	return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"><title>What the workflows sent</title><style>${style}</style></head>
<body>
<header><h1>What the workflows sent</h1><a href="${editorUrl}">n8n</a><a href="${motive.url}">Simulated Motive, with the button for a hard brake</a></header>
<main>
${section('Slack', slack.messages.length + slack.files.length, slackOf(slack.messages, slack.files))}
${section('Mail', mailbox.mails.length, newestFirst(mailbox.mails.map(mailOf)))}
${section('Storage', names.length, gallery(names.map((name) => fileOf(`/storage/${pathOf(name)}`, name))))}
${section('Model', exchanges.length, newestFirst(exchanges.map(exchangeOf)))}
${proxy.refused.length > 0 ? section('Asked of hosts that are not there', proxy.refused.length, proxy.refused.map((line) => `<p>${escapeHtml(line)}</p>`).join('')) : ''}
</main>
<script>${script}</script>
</body>
</html>`;
}

function section(name: string, count: number, content: string): string {
	return `<section><h2>${name} <small>${String(count)}</small></h2>${content === '' ? '<p class="soft">Nothing yet.</p>' : content}</section>`;
}

const newestFirst = (parts: readonly string[]): string => parts.toReversed().join('\n');

/** Channel by channel, each with its newest message first; in a thread the order is that of time. */
function slackOf(messages: readonly SlackMessage[], files: readonly SlackFile[]): string {
	const posts = [
		...messages.map((message) => ({ ...message, file: '' })),
		...files.map((file, nth) => ({
			...file,
			file: fileOf(`/slack/${String(nth)}/${pathOf(file.name)}`, file.name),
		})),
	].sort((one, other) => Number(one.ts) - Number(other.ts));
	const post = ({ ts, text, file }: (typeof posts)[number]): string => {
		const answers = posts.filter(({ threadTs }) => threadTs === ts).map(post);
		return `<article>${time(new Date(Number(ts) * 1000))}${text && `<p>${markUp(text)}</p>`}${file}<div class="thread">${answers.join('')}</div></article>`;
	};
	const channels = [...new Set(posts.map(({ channel }) => channel))].sort();
	return channels
		.map((channel) => {
			const own = posts.filter((each) => each.channel === channel && each.threadTs === undefined);
			return `<h3>#${escapeHtml(channel)}</h3>${newestFirst(own.map(post))}`;
		})
		.join('');
}

const EMOJI: Readonly<Record<string, string>> = {
	rotating_light: '🚨',
	warning: '⚠️',
	white_check_mark: '✅',
	camera: '📷',
};

/** Slack's own marks: `*bold*`, `<address|words>`, `:emoji:`. */
function markUp(text: string): string {
	return escapeHtml(text)
		.replace(/&#60;(https?:.+?)\|(.+?)&#62;/g, '<a href="$1">$2</a>')
		.replace(/\*(.+?)\*/g, '<b>$1</b>')
		.replace(/:(\w+):/g, (mark, name: string) => EMOJI[name] ?? mark);
}

function mailOf(mail: ParsedMail, nth: number): string {
	const { subject = '', from, to, date, text = '', attachments } = mail;
	const receiver = [to ?? []].flat().map((each) => each.text);
	const addresses = `${from?.text ?? ''} → ${receiver.join(', ')}`;
	const files = attachments.map(({ filename = 'file' }, index) =>
		fileOf(`/mail/${String(nth)}/${String(index)}/${pathOf(filename)}`, filename),
	);
	return `<article>${date ? time(date) : ''} <span class="soft">${escapeHtml(addresses)}</span><p><b>${escapeHtml(subject)}</b></p><p>${escapeHtml(text.trim())}</p>${files.join('')}</article>`;
}

function exchangeOf(exchange: Exchange, nth: number): string {
	const { text, images } = questionOf(exchange);
	const { at, reply } = exchange;
	const seen = images.map((image, index) =>
		imageOf(
			image.startsWith('data:') ? `/model/${String(nth)}/${String(index)}` : image,
			`Image ${String(index + 1)}`,
		),
	);
	return `<article>${time(at)}<p class="long">${escapeHtml(text)}</p>${gallery(seen)}<div class="reply">${replyOf(reply)}</div></article>`;
}

/** What the model said; an image in it is shown. */
function replyOf(reply: ChatReply): string {
	if (typeof reply !== 'string')
		return `<p>${escapeHtml(`${reply.tool}(${JSON.stringify(reply.input)})`)}</p>`;
	const [image = '', name = '', url = ''] = /!\[(.*?)\]\((https?:.+?)\)/.exec(reply) ?? [];
	return `<p>${escapeHtml(reply.replace(image, ''))}</p>${url && imageOf(url, name)}`;
}

/** What the model was asked last, with all pictures that it was shown. */
export function questionOf(exchange: Exchange | undefined): { text: string; images: string[] } {
	const read = exchange?.request.messages.map(({ content }) => readContent(content)) ?? [];
	return { text: read.at(-1)?.text ?? '', images: read.flatMap(({ images }) => images) };
}

function gallery(files: readonly string[]): string {
	return files.length === 0 ? '' : `<div class="pictures">${files.join('')}</div>`;
}

/** A link to a file: of an image the image itself. */
function fileOf(url: string, name: string): string {
	return /\.(jpe?g|png)$/.test(name) ? imageOf(url, name) : linkTo(url, `📎 ${escapeHtml(name)}`);
}

function imageOf(url: string, name: string): string {
	return linkTo(url, `<img src="${escapeHtml(url)}" alt=""> ${escapeHtml(name)}`);
}

function linkTo(url: string, content: string): string {
	return `<figure><a href="${escapeHtml(url)}" target="_blank">${content}</a></figure>`;
}

const pathOf = (name: string): string => name.split('/').map(encodeURIComponent).join('/');

function time(at: Date): string {
	return `<time datetime="${at.toISOString()}">${at.toLocaleTimeString('en-GB')}</time>`;
}
