/**
 * Letters that do not simply lose their marks: ICAO Doc 9303-3, section 6, tables A (Latin) and B (Cyrillic); Greek by ELOT 743.
 * `<letter>:<replacement>`, separated by spaces; a letter without replacement is left out.
 */
const table = `
Å:AA Ä:AE Æ:AE Ð:D Đ:D Ħ:H Ĳ:IJ ĸ:K Ł:L Ŋ:N Ø:OE Ö:OE Œ:OE Þ:TH Ŧ:T Ü:UE ẞ:SS Ə:E
А:A Б:B В:V Г:G Ґ:G Д:D Е:E Ё:E Є:IE Ж:ZH З:Z И:I І:I Ї:I Й:I К:K Л:L М:M Н:N О:O П:P Р:R С:S Т:T У:U Ў:U Ф:F Х:KH Ц:TS Ч:CH
Ш:SH Щ:SHCH Ъ:IE Ы:Y Ь: Э:E Ю:IU Я:IA Ђ:D Ѓ:G Ѕ:DZ Ј:J Љ:LJ Њ:NJ Ћ:C Ќ:K Џ:DZ
Α:A Β:V Γ:G Δ:D Ε:E Ζ:Z Η:I Θ:TH Ι:I Κ:K Λ:L Μ:M Ν:N Ξ:X Ο:O Π:P Ρ:R Σ:S Τ:T Υ:Y Φ:F Χ:CH Ψ:PS Ω:O`;

const replacements = new Map(
  table
    .trim()
    .split(/\s+/)
    .map((pair) => [pair.charAt(0), pair.slice(2)]),
);

/**
 * A name as it stands in the machine readable zone: words of A-Z with one space between them. Apostrophes vanish, other
 * punctuation parts words, and letters of scripts without a table (and digits) are left out, so the result can be empty.
 */
export function transliterate(name: string): string {
  let letters = '';
  for (const letter of name.normalize('NFC').toUpperCase()) letters += letterOf(letter);
  return letters.trim().replace(/ +/g, ' ');
}

function letterOf(letter: string): string {
  const direct = known(letter);
  if (direct !== undefined) return direct;
  if (/['’ʼ`]/.test(letter)) return '';
  if (/[\s\p{Punctuation}]/u.test(letter)) return ' ';
  return Array.from(letter.normalize('NFD'), (part) => known(part) ?? '').join('');
}

function known(letter: string): string | undefined {
  return /^[A-Z]$/.test(letter) ? letter : replacements.get(letter);
}
