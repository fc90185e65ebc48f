import type { RecordValue } from '../../model/record.ts';
import { StoredRecord } from '../../state/stored-record.ts';
import type { UnitOfWork } from '../../state/unit-of-work.ts';
import type { BehaviourContext, BehaviourResult } from '../model/provider.ts';
import { reportOf } from './check-reports.ts';
import { drawDocument, type PrintedDocument } from './images/draw-document.ts';
import { drawPortrait, type Face } from './images/draw-portrait.ts';
import { addressed } from './records.ts';
import { objectOf, textOf } from './text-of.ts';

/** Pictures that were drawn, for as long as the file and its report are what they were. */
const drawn = new WeakMap<
  StoredRecord,
  { readonly report: RecordValue | undefined; readonly png: Uint8Array }
>();

/** GET /downloads/{id}: a picture drawn from the report of the file's check, of the face or of the identity document. */
export function downloadFile(context: BehaviourContext): BehaviourResult {
  const { unit } = context;
  const file = addressed(context, 'files');
  const check = unit.collection('checks').get(String(file.value.check));
  const found = check?.value.status === 'completed' ? reportOf(unit, check) : undefined;
  const report = found instanceof StoredRecord ? found.value : found;
  const kept = drawn.get(file);
  if (kept && kept.report === report) return picture(kept.png);
  const png = draw(unit, file, report);
  drawn.set(file, { report, png });
  return picture(png);
}

function picture(png: Uint8Array): BehaviourResult {
  return { status: 200, headers: { 'content-type': 'image/png' }, body: png };
}

/** A person has one face in every check; where the report says that the faces differ, the document shows somebody else's. */
function draw(unit: UnitOfWork, file: StoredRecord, report: RecordValue | undefined): Uint8Array {
  const printed = objectOf(objectOf(report, 'document_report'), 'properties');
  const person = textOf(printed, 'personal_number') ?? String(file.value.check);
  const ofDocument = file.value.type === 'document';
  const stranger = ofDocument && facialProperties(report).faces_match === false;
  const portrait = drawPortrait(faceOf(report), unit.derive(stranger ? 'strangers' : 'faces', person));
  return ofDocument ? drawDocument(printedOf(printed), portrait).toPng() : portrait.toPng();
}

function faceOf(report: RecordValue | undefined): Face {
  const properties = facialProperties(report);
  return {
    beard: properties.beard === true,
    mustache: properties.mustache === true,
    eyeglasses: properties.eyeglasses === true,
    longHair: properties.gender === 'Female',
  };
}

function facialProperties(report: RecordValue | undefined): RecordValue {
  return objectOf(objectOf(report, 'facial_report'), 'properties');
}

function printedOf(properties: RecordValue): PrintedDocument {
  const text = (field: string) => textOf(properties, field) ?? '';
  return {
    title: text('document_title'),
    country: text('country_name'),
    lines: [
      ['SURNAME', text('surname')],
      ['GIVEN NAMES', text('given_names')],
      ['NATIONALITY / SEX', `${text('nationality')} / ${text('gender')}`],
      ['DATE OF BIRTH', text('date_of_birth')],
      ['DATE OF EXPIRY', text('date_of_expiry')],
      ['DOCUMENT NUMBER', text('document_number')],
      ['PERSONAL NUMBER', text('personal_number')],
    ],
    mrz: text('mrz_strings').split('^'),
  };
}
