import type { Derivation } from '../../state/derivation.ts';
import type { Findings } from './findings.ts';
import type { DocumentProperties } from './identity-document.ts';
import { clear, section, trait } from './trait.ts';

/** The report's part on the identity document: does it agree with itself, is it valid, does it look genuine. */
export function documentReport(properties: DocumentProperties, findings: Findings, derive: Derivation) {
  const read = properties.date_of_expiry;
  const seen = visualExpiry(read, derive);
  const expiryDiffers = findings.has('expiry-mismatch');
  const expired = findings.has('document-expired');
  return {
    ...section({
      data_consistency: section({
        document_number: clear,
        date_of_expiry: trait(expiryDiffers, 'caution', `MRZ (${read}) and Visual (${seen}) don't match`),
        date_of_birth: clear,
        personal_number: clear,
        surname: clear,
        given_names: clear,
        gender: clear,
        surname_and_given_names: clear,
      }),
      data_validation: section({
        document_number: clear,
        date_of_expiry: expired
          ? trait(true, 'consider', `Document has expired (${read})`)
          : trait(expiryDiffers, 'caution', `Visual data (${seen}) is not valid`),
        date_of_issue: clear,
        date_of_birth: clear,
        gender: clear,
        mrz: trait(findings.has('mrz-damaged'), 'MRZ is not valid'),
      }),
      document_visual_authenticity: section({
        template: clear,
        fonts: trait(findings.has('fonts-differ'), 'consider', "Fonts don't match the template"),
        face_detection: clear,
        security_features: clear,
      }),
    }),
    properties,
  };
}

/** The date as misread from the printed text: the MRZ's (`dd.mm.yyyy`), some months off. */
function visualExpiry(date: string, derive: Derivation): string {
  const month = (Number(date.slice(3, 5)) - 1 + derive.integer('visual_expiry', 1, 11)) % 12;
  // No month lacks a day up to 28.
  const day = date.slice(0, 2) > '28' ? '28' : date.slice(0, 2);
  return `${day}.${String(month + 1).padStart(2, '0')}.${date.slice(6)}`;
}
