// The renderer: a process that turns documents into PDF with Typst, one after another. Started by
// publish/pdf_renderer.c, which gives it no network, no disk to write to and an empty environment.
//
// Standard input and output are one socket. Numbers are 32 bits, little-endian.
//   request   its size, then records: size of the name, size of the bytes, name, bytes
//   answer    0 and the size of a PDF, or 1 and the size of a message; then its bytes
// A record is a file, or an option if its name begins with "=":
//   =main       the file to compile
//   =standard   the PDF standard: ua-1, a-2a
//   =sheet      a second file to compile, for which the first one's PDF is cards.pdf and
//               sys.inputs.pages says how many pages it has; its PDF is the answer
//   =sizes      of letters in points, parted by blanks: sys.inputs.size is the first in which the
//               document has no more pages than =most-pages, or else the last
//   =about      nothing else is asked: the answer says what the engine is
//   =date       seconds since 1970, the date of the document
// Invariant: the same request has the same answer. Of a document its laid-out pages stay until the
// next request, which may want them by another standard or on sheets; of all before it, nothing.
'use strict';
const crypto = require('crypto');
const fs = require('fs');
const path = require('path');

const folder = process.argv[1];
const modules = path.join(folder, 'node_modules');
const { NodeCompiler } = require(path.join(modules, '@myriaddreamin/typst-ts-node-compiler'));

// From npm, then from Debian's fonts-noto-core, which make deps-pdf copies.
const fonts = [
  ['source-sans-3', 'SourceSans3', ['400Regular', '400Regular_Italic', '600SemiBold', '700Bold',
    '700Bold_Italic']],
  ['noto-sans-arabic', 'NotoSansArabic', ['400Regular', '700Bold']],
  ['noto-sans-hebrew', 'NotoSansHebrew', ['400Regular', '700Bold']],
  ['noto-emoji', 'NotoEmoji', ['400Regular', '700Bold']],
];
const copied = ['NotoSansSymbols2', 'NotoSansSymbols'];

// A font that is not there is told by whoever asks for a document.
let missing = null;
function readFont(name) {
  try {
    return fs.readFileSync(path.join(folder, name));
  } catch {
    missing = missing || name;
    return Buffer.alloc(0);
  }
}

function readFonts() {
  const files = [];
  for (const [name, file, weights] of fonts)
    for (const weight of weights)
      files.push(`node_modules/@expo-google-fonts/${name}/${weight}/${file}_${weight}.ttf`);
  for (const name of copied)
    files.push(`fonts/${name}-Regular.ttf`);
  return [{ fontBlobs: files.map(readFont).filter(bytes => bytes.length > 0) }];
}

function readBytes(size) {
  const bytes = Buffer.allocUnsafe(size);
  for (let at = 0; at < size;) {
    const got = fs.readSync(0, bytes, at, size - at, null);
    if (got === 0)
      process.exit(0);
    at += got;
  }
  return bytes;
}

function send(status, bytes) {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(status, 0);
  head.writeUInt32LE(bytes.length, 4);
  for (const part of [head, bytes])
    for (let at = 0; at < part.length;)
      at += fs.writeSync(1, part, at, part.length - at);
}

function parse(body) {
  const request = { files: [] };
  const source = crypto.createHash('sha256');
  for (let at = 0; at < body.length;) {
    const nameSize = body.readUInt32LE(at);
    const size = body.readUInt32LE(at + 4);
    const name = body.toString('utf8', at + 8, at + 8 + nameSize);
    at += 8 + nameSize;
    const bytes = body.subarray(at, at + size);
    at += size;
    if (name !== '=standard' && name !== '=sheet')
      source.update(`${nameSize} ${size} ${name} `).update(bytes);
    if (name.startsWith('='))
      request[name.slice(1)] = bytes.toString('utf8');
    else
      request.files.push([name, bytes]);
  }
  request.source = source.digest('hex');
  return request;
}

// The words of an error, whatever form the engine gives it.
function explain(compiler, error) {
  const found = [];
  try {
    for (const one of compiler.fetchDiagnostics(error))
      found.push(one.message + (one.hints && one.hints.length ? ` (${one.hints.join('; ')})` : ''));
  } catch {
    // no such list
  }
  const text = String((error && (error.code || error.message)) || error);
  const message = text.match(/message: "((?:[^"\\]|\\.)*)"/);
  return found.join('; ') || (message ? message[1].replace(/\\+"/g, '"') : text);
}

function refuse(compiler, error) {
  throw Object.assign(new Error(explain(compiler, error)), { told: true });
}

function layOut(compiler, root, main, inputs) {
  const made = compiler.compile({
    mainFilePath: path.join(root, main), inputs, resetRead: true });
  if (made.result === null)
    refuse(compiler, made.takeDiagnostics());
  const warnings = made.takeWarnings();
  if (warnings !== null && warnings.shortDiagnostics.length > 0)
    refuse(compiler, warnings);
  return made.result;
}

// A page over is seen only when all is laid out: what a page loses at its foot cannot be measured.
function layOutToFit(compiler, root, request) {
  let pages;
  for (const size of request.sizes.split(' ')) {
    pages = layOut(compiler, root, request.main, { size });
    if (pages.numOfPages <= Number(request['most-pages']))
      break;
  }
  return pages;
}

// The engine's version, node's, and the fonts that are not Typst's own, parted by tabs.
function about() {
  const engine = path.join(modules, '@myriaddreamin/typst-ts-node-compiler/package.json');
  const { version } = JSON.parse(fs.readFileSync(engine, 'utf8'));
  const families = [...fonts.map(font => font[1]), ...copied]
    .map(name => name.replace(/([a-z])(?=[A-Z0-9])/g, '$1 '));
  return Buffer.from([version, process.version, ...families].join('\t'));
}

function render(compiler, root, request, last) {
  if (request.about !== undefined)
    return about();
  const options = { pdfStandard: request.standard, creationTimestamp: Number(request.date) };
  for (const [name, bytes] of request.files)
    compiler.mapShadow(path.join(root, name), bytes);
  if (last.source !== request.source) {
    last.pages = request.sizes === undefined ? layOut(compiler, root, request.main, {})
      : layOutToFit(compiler, root, request);
    last.source = request.source;
  }
  if (request.sheet === undefined)
    return compiler.pdf(last.pages, options);
  compiler.mapShadow(path.join(root, 'cards.pdf'),
    compiler.pdf(last.pages, { creationTimestamp: options.creationTimestamp, pdfTags: false }));
  return compiler.pdf(
    layOut(compiler, root, request.sheet, { pages: String(last.pages.numOfPages) }), options);
}

function answer(compiler, root, request, last) {
  try {
    if (missing !== null)
      throw Object.assign(new Error(`the font ${missing} is missing: make deps-pdf installs it`),
        { told: true });
    return [0, render(compiler, root, request, last)];
  } catch (error) {
    return [1, Buffer.from(error.told ? error.message : explain(compiler, error))];
  } finally {
    compiler.resetShadow();
    compiler.evictCache(0);
  }
}

// The engine's documents are freed when the collector has found that nothing holds them and the
// loop of events has turned, which by itself it never would here: a gigabyte after 78 of them.
async function tidy() {
  global.gc();
  await new Promise(setImmediate);
}

async function serve() {
  // Nothing is there: all that a document is made of comes with the request.
  const root = path.join(folder, 'nothing');
  const compiler = NodeCompiler.create({ workspace: root, fontArgs: readFonts() });
  let last = {};
  for (;;) {
    const request = parse(readBytes(readBytes(4).readUInt32LE(0)));
    if (request.source !== last.source) {
      last = {};
      await tidy();
    }
    send(...answer(compiler, root, request, last));
  }
}

serve();
