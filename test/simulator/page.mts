import type { FastifyInstance } from 'fastify';
import type { Capture } from './captures.mts';
import type { Clock } from './clock.mts';
import type { Delivery } from './deliveries.mts';
import { positions, type Device } from './fleet.mts';
import { escapeHtml } from './html.mts';
import type { ReceivedRequest } from './log.mts';
import type { Happenings } from './happenings.mts';
import type { Webhooks } from './webhooks.mts';

/** What the page shows, and what its button uses. */
export interface PageContent {
	url: string;
	clock: Clock;
	fleet: readonly Device[];
	captures: readonly Capture[];
	requests: readonly ReceivedRequest[];
	events: Happenings;
	webhooks: Webhooks;
}

const ROWS = 40;

/** The truck that brakes hard when the button is pressed, and what Motive calls that. */
const TRUCK = 'T-118';
const HARD_BRAKE = 'driver_performance_event_created';

const style = `
	body { font: 16px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; color: #1c2430; }
	h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.1rem; margin: 2rem 0 .4rem; } p { margin: .3rem 0; }
	table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .25rem .7rem .25rem 0; border-bottom: 1px solid #dfe4ea; }
	button { font: inherit; padding: .5rem 1rem; margin: 1rem .8rem 0 0; border: 0; border-radius: .4rem; color: #fff; background: #b3261e; cursor: pointer; }
	th { font-size: .85rem; color: #5b6675; } td { font-variant-numeric: tabular-nums; }
	.good { color: #16713d; } .wait { color: #96610b; } .bad { color: #b3261e; }
`;

/** One table cell; the text is escaped, `look` is a class of the style sheet. */
function cell(text: string | number, look = ''): string {
	return `<td class="${look}">${escapeHtml(String(text))}</td>`;
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
 * Puts a page for people at the root of the simulator, which neither log nor faults know about: its fleet, captures and
 * the last requests, and a button with which a truck brakes hard. Neither the key nor a presigned URL is in it.
 */
export function addStatusPage(server: FastifyInstance, content: () => PageContent): void {
	let said = '';
	server.get(
		'/',
		async (_request, reply) =>
			await reply.type('text/html; charset=utf-8').send(statusPage(content(), said)),
	);
	server.post('/hard-brake', async (_request, reply) => {
		said = `${time(content().clock.now())}: ${await brakeHard(content())}`;
		return await reply.redirect('/', 303);
	});
}

/** Lets it happen, sends it to each webhook that is registered for it, and says what came of that. */
async function brakeHard({ fleet, events, webhooks }: PageContent): Promise<string> {
	if (!fleet.some(({ name }) => name === TRUCK)) return `There is no ${TRUCK} in this fleet.`;
	const id = events.happen({ device: TRUCK });
	const targets = webhooks.all.filter(
		({ enabled, actions }) => enabled && actions.includes(HARD_BRAKE),
	);
	if (targets.length === 0)
		return `Event ${String(id)} is in the lists, but was sent nowhere, because no webhook is registered for safety events. In n8n publish a workflow that begins with a Motive Trigger, or execute it there, and press again.`;
	const event = await events.payload(id, HARD_BRAKE);
	const deliveries = await Promise.all(
		targets.map(async (target) => await webhooks.deliver(target, event)),
	);
	return `Event ${String(id)} was sent${deliveries.map(outcome).join('; and')}.`;
}

function outcome({ target, status }: Delivery): string {
	if (status === undefined) return ` to ${target.url}, which did not answer in time`;
	const verb = status < 300 ? 'took' : 'refused';
	return ` to ${target.url}, which ${verb} it (HTTP ${String(status)})`;
}

function statusPage({ url, clock, fleet, captures, requests }: PageContent, said: string): string {
	const now = clock.now();
	return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta http-equiv="refresh" content="2"><link rel="icon" href="data:,"><title>Simulated Motive</title><style>${style}</style></head>
<body>
<h1>Simulated Motive</h1>
<p>API at <code>${escapeHtml(url)}</code>. It is ${time(now)} UTC here. The newest ${ROWS} of each list are shown.</p>
<form method="post" action="/hard-brake" enctype="text/plain"><button>Hard brake on ${TRUCK}</button><span role="status">${escapeHtml(said)}</span></form>
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
