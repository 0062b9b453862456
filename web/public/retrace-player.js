// <retrace-player board="BOARD-ID" speed="4" autoplay></retrace-player>
//
// A board's past on any page: one script, no framework. It needs nothing of the page's Content-Security-Policy but this
// server in `script-src` and `frame-src`. Attributes: `board`, `key` (of a link), `at` (ms since 1970), `speed`,
// `autoplay`. Methods: play(), pause(), seek(ms), and the property `speed`. Events: ready, play, pause, ended, timeupdate,
// each with `detail` { at, from, to, speed }.
{
  const CHANNEL = 'retrace-player';
  const origin = new URL(document.currentScript.src).origin;

  class RetracePlayer extends HTMLElement {
    static observedAttributes = ['board', 'key', 'at', 'speed'];
    #frame = null;
    #listen = (event) => {
      if (event.source !== this.#frame?.contentWindow || event.origin !== origin) return;
      const { channel, event: name, ...detail } = event.data ?? {};
      if (channel !== CHANNEL) return;
      this.at = detail.at;
      this.dispatchEvent(new CustomEvent(name, { detail }));
    };

    connectedCallback() {
      addEventListener('message', this.#listen);
      const frame = document.createElement('iframe');
      frame.title = this.getAttribute('title') ?? 'Retrace player';
      frame.allow = 'fullscreen';
      Object.assign(frame.style, { width: '100%', height: '100%', border: '0', display: 'block' });
      if (this.style.display === '') this.style.display = 'block';
      if (this.clientHeight === 0 && this.style.aspectRatio === '') this.style.aspectRatio = '16 / 10';
      this.#frame = frame;
      this.#load();
      this.replaceChildren(frame);
    }

    disconnectedCallback() {
      removeEventListener('message', this.#listen);
      this.#frame = null;
    }

    attributeChangedCallback(name, _before, value) {
      if (!this.#frame) return;
      if (name === 'speed') this.#call('speed', Number(value));
      else if (name === 'at') this.#call('seek', Number(value));
      else this.#load();
    }

    play() {
      this.#call('play');
    }

    pause() {
      this.#call('pause');
    }

    /** @param {number} at ms since 1970 */
    seek(at) {
      this.#call('seek', at);
    }

    get speed() {
      return Number(this.getAttribute('speed') ?? 1);
    }

    set speed(speed) {
      this.setAttribute('speed', String(speed));
    }

    #load() {
      const url = new URL(`/embed/${encodeURIComponent(this.getAttribute('board') ?? '')}`, origin);
      for (const name of ['at', 'speed'])
        if (this.hasAttribute(name)) url.searchParams.set(name, this.getAttribute(name));
      if (this.hasAttribute('autoplay')) url.searchParams.set('autoplay', '1');
      if (this.hasAttribute('key')) url.hash = `key=${encodeURIComponent(this.getAttribute('key'))}`;
      this.#frame.src = url.href;
    }

    #call(call, value) {
      this.#frame?.contentWindow?.postMessage({ channel: CHANNEL, call, value }, origin);
    }
  }

  customElements.define('retrace-player', RetracePlayer);
}
