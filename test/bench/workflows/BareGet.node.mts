import type { Readable } from 'node:stream';
import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

/** Requests under way at the same time. */
const CONCURRENCY = 10;

/** A capture that is ready, as the API tells of it. */
interface Capture extends IDataObject {
	images: { front_facing: { url: string } };
}

/**
 * The least that a node of n8n can do to get captures: for each item one authenticated request through n8n's own helper,
 * with a credential that is read once, and where it is wanted the picture from there to n8n's storage. What this takes is
 * not the package's to save.
 */
export class BareGet implements INodeType {
	readonly description: INodeTypeDescription = {
		displayName: 'Bare Get',
		name: 'bareGet',
		group: ['transform'],
		version: 1,
		description: 'Gets captures, and nothing else',
		defaults: { name: 'Bare Get' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'motiveApi', required: true }],
		properties: [
			{ displayName: 'Request ID', name: 'requestId', type: 'string', default: '' },
			{ displayName: 'Download', name: 'download', type: 'boolean', default: false },
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items = this.getInputData();
		const output: INodeExecutionData[] = [];
		const data = await this.getCredentials('motiveApi');
		const baseUrl = data['baseUrl'] as string;
		const known = {
			credentialsDecrypted: { id: '', name: 'motiveApi', type: 'motiveApi', data },
		};
		let next = 0;
		const work = async (): Promise<void> => {
			while (next < items.length) {
				const itemIndex = next++;
				const requestId = this.getNodeParameter('requestId', itemIndex) as number;
				const url = `${baseUrl}/v1/image_captures/dashcam/${requestId}`;
				const capture = (await this.helpers.httpRequestWithAuthentication.call(
					this,
					'motiveApi',
					{ url, json: true },
					known,
				)) as Capture;
				const item: INodeExecutionData = { json: capture, pairedItem: itemIndex };
				if (this.getNodeParameter('download', itemIndex)) {
					const { url: address } = capture.images.front_facing;
					const body = (await this.helpers.httpRequest({
						url: address,
						encoding: 'stream',
					})) as Readable;
					item.binary = {
						data: await this.helpers.prepareBinaryData(body, 'picture.jpg', 'image/jpeg'),
					};
				}
				output[itemIndex] = item;
			}
		};
		await Promise.all(Array.from({ length: CONCURRENCY }, work));
		return [output];
	}
}
