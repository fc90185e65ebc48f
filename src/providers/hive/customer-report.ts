import type { Derivation } from '../../state/derivation.ts';
import type { Device } from './devices.ts';
import { desktops, mobiles } from './devices.ts';
import type { Findings } from './findings.ts';
import type { Person } from './person.ts';
import { clear, section, trait } from './trait.ts';

/** The report's part on where the customer came from: address and devices. */
export function customerReport(
  person: Person,
  findings: Findings,
  ofPerson: Derivation,
  ofCheck: Derivation,
) {
  const listed = findings.has('spam-blacklist');
  const hidden = findings.has('vpn');
  const shared = {
    ip: documentationAddress(ofCheck),
    country: person.country.locale[1],
    type: hidden ? 'VPN' : ofCheck.pick('ip_type', ['ISP', 'ISP/MOB', 'MOB']),
    latitude: near(person.country.position[0], 'latitude', ofPerson),
    longitude: near(person.country.position[1], 'longitude', ofPerson),
    spam_number: listed ? ofCheck.integer('spam_number', 1, 4) : 0,
  };
  const proxyScore = hidden ? ofCheck.integer('proxy_score', 55, 95) : 0;
  const [language, region] = person.country.locale;
  const common = { offset: person.country.offset, proxyScore, ofPerson, ofCheck };
  const mobile = ofPerson.pick('mobile', mobiles);
  const desktop = ofPerson.pick('desktop', desktops);
  return {
    ...section({
      ip: section({
        tor: clear,
        vpn: trait(hidden, 'caution'),
        web_proxy: clear,
        public_proxy: clear,
        spam_blacklist: trait(listed, 'caution'),
      }),
      device_fingerprint: section({ fingerprint_authenticity: clear, fingerprint_attempted_fraud: clear }),
    }),
    properties: {
      email: {},
      phone: {},
      mobile: {
        ...deviceProperties('mobile', mobile, `${language}-${region.toLowerCase()}`, common),
        ...shared,
      },
      desktop: { ...deviceProperties('desktop', desktop, `${language}-${region}`, common), ...shared },
    },
  };
}

interface DeviceSetting {
  readonly offset: string;
  readonly proxyScore: number;
  readonly ofPerson: Derivation;
  readonly ofCheck: Derivation;
}

function deviceProperties(name: string, device: Device, language: string, setting: DeviceSetting) {
  return {
    fraud_score: setting.ofCheck.integer(`${name}_fraud_score`, 0, 4),
    proxy_score: setting.proxyScore,
    device_hash: setting.ofPerson.text(`${name}_hash`, 32, '0123456789abcdef'),
    platform: device.platform,
    os: device.os,
    user_agent: device.user_agent,
    browser: device.browser,
    browser_version: device.browser_version,
    region_language: language,
    region_timezone: setting.offset,
    screen_resolution: device.screen_resolution,
    screen_color_depth: device.screen_color_depth,
    screen_pixel_ratio: device.screen_pixel_ratio,
  };
}

/** An address of the blocks set aside for documentation (RFC 5737), so that nobody real is named. */
function documentationAddress(derive: Derivation): string {
  return `${derive.pick('ip_block', ['192.0.2', '198.51.100', '203.0.113'])}.${derive.integer('ip', 1, 254)}`;
}

/** Within about 20 km of the capital. */
function near(degrees: number, field: string, derive: Derivation): number {
  return Number((degrees + (derive.fraction(field) - 0.5) * 0.3).toFixed(5));
}
