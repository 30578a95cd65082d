import JSON

extension Browser {
    /// What keeps people from using the page that is open, by the rules of WCAG 2.2 AA that a program can check.
    public func barriers() async throws -> [String] {
        (try await evaluate(Self.audit).arrayValue ?? []).compactMap(\.stringValue)
    }

    /// Contrast of every text (1.4.3), names of pictures and links (1.1.1, 2.4.4), language and title (3.1.1, 2.4.2),
    /// landmarks and headings (1.3.1), size of targets (2.5.8), reflow (1.4.10), zoom (1.4.4).
    private static let audit = """
        const found = [];
        const parse = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
        const linear = (v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
        const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
        const ground = (element) => {
          for (let at = element; at; at = at.parentElement) {
            const style = getComputedStyle(at);
            if (style.backgroundImage !== 'none') found.push(`a picture behind text: ${at.tagName}`);
            const colour = parse(style.backgroundColor);
            if (colour.length === 3 || colour[3] === 1) return colour;
            if (colour[3] > 0) found.push(`a translucent ground: ${at.tagName}`);
          }
          return [255, 255, 255];
        };
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        let texts = 0;
        for (let node; (node = walker.nextNode()); ) {
          const parent = node.parentElement;
          if (!node.data.trim() || parent.closest('svg') || parent.closest('.unseen')) continue;
          texts += 1;
          const style = getComputedStyle(parent);
          if (style.visibility !== 'visible' || style.display === 'none') continue;
          const [one, two] = [luminance(parse(style.color)), luminance(ground(parent))];
          const ratio = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
          if (ratio < 4.5) found.push(`contrast ${ratio.toFixed(2)}: ${node.data.trim().slice(0, 40)}`);
        }
        if (texts < 3) found.push('no text');
        const root = document.documentElement;
        if (!root.lang || !root.dir) found.push('no language or direction');
        if (!document.title.trim()) found.push('no title');
        if (document.querySelectorAll('main').length !== 1) found.push('not one main');
        if (document.querySelectorAll('h1').length !== 1) found.push('not one h1');
        for (const image of document.querySelectorAll('img')) {
          if (!image.hasAttribute('alt')) found.push('a picture without alt');
          if (!image.complete || image.naturalWidth === 0) found.push(`a broken picture: ${image.src}`);
        }
        for (const picture of document.querySelectorAll('svg')) {
          if (picture.getAttribute('aria-hidden') !== 'true' && !picture.closest('[role=img][aria-label]'))
            found.push('a drawing without a name');
        }
        for (const link of document.querySelectorAll('a')) {
          if (!link.textContent.trim()) found.push('a link without a name');
          const box = link.getBoundingClientRect();
          if (box.width < 44 || box.height < 44) found.push('a small target');
        }
        for (const list of document.querySelectorAll('dl > div')) {
          if (list.querySelectorAll('dt').length !== 1 || list.querySelectorAll('dd').length !== 1)
            found.push('a value without its label');
        }
        if (root.scrollWidth > root.clientWidth) found.push(`wider than its window: ${root.scrollWidth}`);
        if (/user-scalable|maximum-scale/.test(document.querySelector('meta[name=viewport]').content))
          found.push('no zoom');
        return found;
        """
}
