/** What a browser tells of the device it runs on. */
export interface Device {
  readonly platform: string;
  readonly os: string;
  readonly user_agent: string;
  readonly browser: string;
  readonly browser_version: string;
  readonly screen_resolution: string;
  readonly screen_color_depth: number;
  readonly screen_pixel_ratio: number;
}

export const mobiles: readonly [Device, ...Device[]] = [
  {
    platform: 'iPhone',
    os: 'iOS',
    user_agent:
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
    browser: 'MOBILE_SAFARI',
    browser_version: '17.5',
    screen_resolution: '844x390',
    screen_color_depth: 32,
    screen_pixel_ratio: 3,
  },
  {
    platform: 'Linux armv81',
    os: 'Android',
    user_agent:
      'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.6478.122 Mobile Safari/537.36',
    browser: 'CHROME_MOBILE',
    browser_version: '126.0.6478.122',
    screen_resolution: '915x412',
    screen_color_depth: 24,
    screen_pixel_ratio: 2.625,
  },
  {
    platform: 'Linux armv81',
    os: 'Android',
    user_agent: 'Mozilla/5.0 (Android 13; Mobile; rv:127.0) Gecko/127.0 Firefox/127.0',
    browser: 'FIREFOX_MOBILE',
    browser_version: '127.0',
    screen_resolution: '780x360',
    screen_color_depth: 24,
    screen_pixel_ratio: 3,
  },
];

export const desktops: readonly [Device, ...Device[]] = [
  {
    platform: 'MacIntel',
    os: 'MacOS',
    user_agent:
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
    browser: 'CHROME',
    browser_version: '126.0.0.0',
    screen_resolution: '1728x1117',
    screen_color_depth: 30,
    screen_pixel_ratio: 2,
  },
  {
    platform: 'Win32',
    os: 'Windows',
    user_agent:
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.2592.81',
    browser: 'EDGE',
    browser_version: '126.0.2592.81',
    screen_resolution: '1920x1080',
    screen_color_depth: 24,
    screen_pixel_ratio: 1,
  },
  {
    platform: 'Linux x86_64',
    os: 'Linux',
    user_agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0',
    browser: 'FIREFOX',
    browser_version: '127.0',
    screen_resolution: '2560x1440',
    screen_color_depth: 24,
    screen_pixel_ratio: 1,
  },
];
