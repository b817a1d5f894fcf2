import { isObject } from '../../nodes/Motive/motive/json.ts';
import { parseText } from '../../nodes/Motive/motive/parse.ts';
import type { Exchange, ProbeRequest } from './api.mts';
import { bodyOf, shapeOf, wordsOf, type Words } from './redact.mts';
import { captureIn, type Findings } from './story.mts';

/** What the report is made with. */
export interface ReportOptions {
	/** Words that may be told. */
	words: Words;
	/** Name and version of the package. */
	made: string;
	/** When it is written (ms since the epoch). */
	now: number;
}

/** A week, in minutes. */
const LONGEST_LIFE = 7 * 24 * 60;

/** MIME types that a report may name. */
const TYPES =
	/^(image|application|binary)\/(jpe?g|png|webp|heic|heif|avif|octet-stream|json|xml)\b/;

/** The bodies of all answers, in which there may be words that nobody has seen. */
export function answersOf(findings: Findings): unknown[] {
	return exchangesOf(findings).flatMap(({ exchange: { answer } }) => (answer ? [answer.body] : []));
}

/** The report, in Markdown: what was seen, without anything that could identify a fleet. */
export function reportOf(findings: Findings, { words, made, now }: ReportOptions): string {
	const facts = factsOf(findings, words).map(([question, seen]) => `| ${question} | ${seen} |`);
	return `# What Motive answers to image captures

Made by the probe of ${made} in ${new Date(now).toISOString().slice(0, 7)}. Ids, numbers, names, links and times are replaced by what
kind of thing they are, and \`…\` stands for words that are left out.

| Question | Seen |
| --- | --- |
${facts.join('\n')}

${sectionsOf(findings, words).join('\n\n')}
`;
}

/** The questions that are open, and what was seen. */
function factsOf(findings: Findings, words: Words): Array<[question: string, seen: string]> {
	const { starts, form, looks, picture } = findings;
	const accepted = form === undefined ? undefined : starts.at(-1);
	const firstLook = looks[0]?.answer;
	return [
		['Form of the start that is taken', form === undefined ? 'none' : `form ${form}`],
		['Status of its answer', accepted?.answer ? `HTTP ${accepted.answer.status}` : '-'],
		['Look right after the start', firstLook ? `HTTP ${firstLook.status}` : '-'],
		['Status words', statusesOf([...starts, ...looks], words).join(', ') || '-'],
		['Time until the picture was there', timeUntilReady(findings)],
		['Life of its link', lifeOfLink(findings)],
		['Link when asked once more', linkAgain(findings)],
		['Picture', picture ? pictureText(picture) : '-'],
	];
}

function statusesOf(exchanges: readonly Exchange[], words: Words): string[] {
	const statuses = exchanges.flatMap(({ answer }) => {
		const { body } = answer ?? {};
		const status = isObject(body) ? parseText(body, 'status') : null;
		return answer && answer.status < 300 && status !== null ? [wordsOf(status, words)] : [];
	});
	return [...new Set(statuses)];
}

function timeUntilReady(findings: Findings): string {
	const { starts, looks } = findings;
	const [start, last] = [starts.at(-1), looks.at(-1)];
	if (!start || !last) return '-';
	const secondsTo = ({ at }: Exchange) => Math.round((at - start.at) / 1_000);
	if (imageIn(last, findings) === undefined) return `not there after ${secondsTo(last)} s`;
	const before = looks.at(-2);
	return before
		? `${secondsTo(before)} to ${secondsTo(last)} s`
		: `less than ${secondsTo(last) + 1} s`;
}

function lifeOfLink(findings: Findings): string {
	const look = findings.looks.at(-1);
	const expiresAt = Date.parse(imageIn(look, findings)?.expiresAt ?? '');
	if (!look || Number.isNaN(expiresAt)) return '-';
	const minutes = Math.round((expiresAt - look.at) / 60_000);
	// What is far off is no life of a link and would tell the moment itself.
	return minutes > 0 && minutes <= LONGEST_LIFE ? `about ${minutes} minutes` : 'not plausible';
}

function linkAgain(findings: Findings): string {
	const { looks, lastLook } = findings;
	const [before, after] = [looks.at(-1), lastLook].map((look) => imageIn(look, findings)?.url);
	if (before === undefined || after === undefined) return '-';
	return before === after ? 'the same' : 'a new one';
}

function pictureText({ status, type, bytes }: NonNullable<Findings['picture']>): string {
	const kind = TYPES.exec(type)?.[0] ?? 'other type';
	return `HTTP ${status}, ${kind}, about ${Math.ceil(bytes / 100_000) / 10} MB`;
}

function imageIn(exchange: Exchange | undefined, { capture }: Findings) {
	return exchange && capture && captureIn(exchange, capture)?.images[0];
}

function exchangesOf({ starts, looks, lastLook, refusals }: Findings) {
	return [
		...starts.map((exchange, index) => ({ title: `Start in form ${index + 1}`, exchange })),
		...looks.map((exchange) => ({ title: 'Look at the capture', exchange })),
		...(lastLook ? [{ title: 'Look after the picture was fetched', exchange: lastLook }] : []),
		...refusals,
	];
}

/** A section for each answer; several of the same kind in a row are one. */
function sectionsOf(findings: Findings, words: Words): string[] {
	const sections: Array<{ title: string; text: string; times: number }> = [];
	for (const { title, exchange } of exchangesOf(findings)) {
		const text = exchangeText(exchange, words);
		const last = sections.at(-1);
		if (last?.title === title && last.text === text) last.times += 1;
		else sections.push({ title, text, times: 1 });
	}
	const { picture } = findings;
	return [
		...sections.map(
			({ title, text, times }) => `## ${title}${times > 1 ? `, ${times} times` : ''}\n\n${text}`,
		),
		...(picture ? [`## The picture\n\nHeaders: ${picture.headers.join(', ')}`] : []),
	];
}

function exchangeText({ request, answer, trouble, took }: Exchange, words: Words): string {
	const asked = requestText(request, words);
	if (!answer) return `${asked}\n\nNo answer (${trouble ?? ''}).`;
	const body = JSON.stringify(bodyOf(answer.body, words), null, 2);
	return `${asked}

HTTP ${answer.status} after ${took < 1_000 ? 'less than a second' : 'more than a second'}. Headers: ${answer.headers.join(', ')}

\`\`\`json
${body}
\`\`\``;
}

function requestText({ method, route, body }: ProbeRequest, words: Words): string {
	const sent = body ? ` with \`${JSON.stringify(shapeOf(body, words))}\`` : '';
	return `\`${method} ${route}\`${sent}`;
}
