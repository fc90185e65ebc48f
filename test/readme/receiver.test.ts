import express from 'express';
import { verifyWebhook } from 'sparring';
import { describeReceiver } from 'sparring/vitest';

const secret = 'whisper';
const app = express();
app.post('/hooks', express.raw({ type: '*/*', limit: '5mb' }), ({ body = '', headers }, response) => {
  const { valid } = verifyWebhook('secret-header', { headers, body, secret });
  response.sendStatus(!valid ? 401 : isEvent(String(body)) ? 200 : 400);
});

function isEvent(text: string): boolean {
  try {
    return typeof JSON.parse(text).event === 'string';
  } catch {
    return false;
  }
}

// A URL, a server, or any handler (req, res).
describeReceiver('rehive', app, { path: '/hooks', secret });
