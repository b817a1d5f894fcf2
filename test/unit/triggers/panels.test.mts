import { expect, it } from 'vitest';

import { fetchingPanel, listeningPanel } from '../../../nodes/Motive/triggers/panels.ts';

it.each([listeningPanel, fetchingPanel])('A panel says what to do before and after', (panel) => {
	const help = panel.executionsHelp;
	if (help === undefined || typeof help === 'string') throw new Error('There is only one text');
	for (const text of [help.active, help.inactive]) {
		expect(text).toMatch(/^<b>While building your workflow<\/b>, press the button: /);
		expect(text).toContain('<a data-key="executions">executions list</a>');
	}
});
