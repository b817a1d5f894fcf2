import type { Capture } from './captures.mts';
import type { Clock } from './clock.mts';
import { positions, type Device } from './fleet.mts';
import type { ReceivedRequest } from './log.mts';

/** What the page shows. */
export interface PageContent {
	url: string;
	clock: Clock;
	fleet: readonly Device[];
	captures: readonly Capture[];
	requests: readonly ReceivedRequest[];
}

const ROWS = 40;

const style = `
	body { font: 16px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; color: #1c2430; }
	h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.1rem; margin: 2rem 0 .4rem; } p { margin: .3rem 0; }
	table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .25rem .7rem .25rem 0; border-bottom: 1px solid #dfe4ea; }
	th { font-size: .85rem; color: #5b6675; } td { font-variant-numeric: tabular-nums; }
	.good { color: #16713d; } .wait { color: #96610b; } .bad { color: #b3261e; }
`;

function escape(text: string): string {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;');
}

/** One table cell; the text is escaped, `look` is a class of the style sheet. */
function cell(text: string | number, look = ''): string {
	return `<td class="${look}">${escape(String(text))}</td>`;
}

function table(heads: readonly string[], rows: readonly string[][]): string {
	if (rows.length === 0) return '<p>None yet.</p>';
	const head = heads.map((text) => `<th>${text}</th>`).join('');
	return `<table><tr>${head}</tr>${rows.map((cells) => `<tr>${cells.join('')}</tr>`).join('')}</table>`;
}

const time = (at: number): string => new Date(at).toISOString().slice(11, 19);

function deviceRow({ kind, name, id, status, cameras }: Device): string[] {
	const sight = positions.map((position) =>
		cameras.includes(position) ? cell('yes', 'good') : cell('–'),
	);
	return [
		cell(name),
		cell(kind),
		cell(id),
		cell(status, status === 'active' ? '' : 'bad'),
		...sight,
	];
}

function captureRow(
	{ requestId, device, position, startedAt, readyAt, polls }: Capture,
	now: number,
): string[] {
	const wait = Number.isFinite(readyAt)
		? `ready in ${Math.ceil((readyAt - now) / 1000)} s`
		: 'never ready';
	const state = readyAt <= now ? cell('ready', 'good') : cell(wait, 'wait');
	return [
		cell(requestId),
		cell(device.name),
		cell(position),
		cell(time(startedAt)),
		state,
		cell(polls),
	];
}

function requestRow({ at, host, method, path, status }: ReceivedRequest): string[] {
	const look = status === undefined || status >= 400 ? 'bad' : 'good';
	return [cell(time(at)), cell(host), cell(method), cell(path), cell(status ?? 'no answer', look)];
}

function latest<Item>(items: readonly Item[]): Item[] {
	return items.slice(-ROWS).reverse();
}

/**
 * The page at the root of the simulator: its fleet, captures and the last requests, as HTML.
 * Neither the key nor a presigned URL is in it.
 */
export function statusPage({ url, clock, fleet, captures, requests }: PageContent): string {
	const now = clock.now();
	return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta http-equiv="refresh" content="2"><link rel="icon" href="data:,"><title>Simulated Motive</title><style>${style}</style></head>
<body>
<h1>Simulated Motive</h1>
<p>API at <code>${escape(url)}</code>. It is ${time(now)} UTC here. The newest ${ROWS} of each list are shown.</p>
<h2>Captures (${captures.length})</h2>
${table(
	['Request', 'From', 'Position', 'Started', 'State', 'Polls'],
	latest(captures).map((capture) => captureRow(capture, now)),
)}
<h2>Requests received (${requests.length})</h2>
${table(['Time', 'Host', 'Method', 'Path', 'Answer'], latest(requests).map(requestRow))}
<h2>Fleet (${fleet.length})</h2>
${table(['Name', 'Kind', 'Id', 'Status', ...positions], fleet.slice(0, ROWS).map(deviceRow))}
</body>
</html>`;
}
