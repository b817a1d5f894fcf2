import type { TriggerPanelDefinition } from 'n8n-workflow';

const IN_THE_LIST =
	'These executions are in the <a data-key="executions">executions list</a>, and not here in the editor.';

/** What the editor says next to the button of the Motive Trigger that waits for a test event. */
export const listeningPanel: TriggerPanelDefinition = panel({
	header: 'Wait for an event from Motive',
	building:
		'press the button: whatever happens in your fleet within the next two minutes comes in here. For an event at once, ' +
		'add <i>Vehicle Created or Updated</i> to Trigger On, press the button and save a vehicle in the Motive Dashboard.',
	working:
		'Motive sends each event as soon as it knows of it, and each of them starts the workflow.',
});

/** What the editor says next to the button of the Motive Polling Trigger that fetches a test event. */
export const fetchingPanel: TriggerPanelDefinition = panel({
	header: 'Fetch the newest event from Motive',
	building: 'press the button: the newest event that passes the filters comes in here.',
	working:
		'n8n asks Motive for new events at the Poll Times, and starts the workflow with those that it finds.',
});

/**
 * The panel of a trigger.
 *
 * @param building what to do in the editor, as the end of a sentence
 * @param working what happens once the workflow is published
 */
function panel(texts: { header: string; building: string; working: string }) {
	const { header, building, working } = texts;
	const begin = `<b>While building your workflow</b>, ${building}<br /><br />`;
	return {
		header,
		executionsHelp: {
			inactive: `${begin}<b>Once you are happy with it</b>, publish it. ${working} ${IN_THE_LIST}`,
			active: `${begin}<b>The workflow is published.</b> ${working} ${IN_THE_LIST}`,
		},
		activationHint: {
			inactive: 'Once the workflow is ready, publish it: only then new events start it.',
			active: 'New events start the workflow by themselves. Those executions do not show up here.',
		},
	};
}
