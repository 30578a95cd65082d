import JSON

extension Browser {
    /// What keeps people from using the page that is open, by the rules of WCAG 2.2 AA that a program can check.
    /// - Parameters:
    ///   - target: how large controls must be, in CSS pixels (2.5.8 asks for 24, Apple for 44).
    ///   - ignored: a selector of what is a picture of something else, whose colours aren't the page's.
    public func barriers(target: Int = 44, ignoring ignored: String = ".unseen") async throws -> [String] {
        let found = try await evaluate(Self.audit, [.number(JSONNumber(target)), .string(ignored)])
        return (found.arrayValue ?? []).compactMap(\.stringValue)
    }

    /// The controls that the keyboard reaches without it being seen (2.4.7), among the first of the page.
    public func unseenFocus(stops: Int = 40) async throws -> [String] {
        try await evaluate(
            "document.activeElement?.blur(); window.getSelection().removeAllRanges(); window.scrollTo(0, 0)")
        var unseen: [String] = []
        for _ in 0..<stops {
            for type in ["keyDown", "keyUp"] {
                try await command(
                    "Input.dispatchKeyEvent",
                    ["type": .string(type), "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9])
            }
            let stop = try await evaluate(Self.focus)
            guard let name = stop["name"]?.stringValue else { break }
            if stop["seen"] != true { unseen.append(name) }
        }
        return unseen
    }

    private static let focus = """
        const element = document.activeElement;
        if (!element || element === document.body) return {};
        const style = getComputedStyle(element);
        const seen = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none';
        return { name: element.outerHTML.slice(0, 100), seen };
        """

    /// Contrast of every text (1.4.3), names of pictures, links and controls (1.1.1, 2.4.4, 4.1.2), labels (3.3.2),
    /// language and title (3.1.1, 2.4.2), landmarks, headings and tables (1.3.1), ids that are referred to (4.1.2), size
    /// of targets (2.5.8), reflow (1.4.10), zoom (1.4.4).
    private static let audit = contrast + structure + controls + "return found;"

    private static let contrast = """
        const [target, ignored] = arguments;
        const found = [];
        const isShown = (element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility === 'visible';
        const parse = (text) => {
          const numbers = (text.match(/[\\d.]+/g) || []).map(Number);
          return text.startsWith('color(srgb') ? numbers.map((value, place) => place < 3 ? value * 255 : value) : numbers;
        };
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
        const read = (text, colour, element) => {
          const [one, two] = [luminance(parse(colour)), luminance(ground(element))];
          const ratio = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
          if (ratio < 4.5) found.push(`contrast ${ratio.toFixed(2)}: ${text.trim().slice(0, 40)}`);
        };
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        let texts = 0;
        for (let node; (node = walker.nextNode()); ) {
          const parent = node.parentElement;
          if (!node.data.trim() || parent.closest('svg, noscript, option') || parent.closest(ignored) || parent.closest(':disabled')) continue;
          texts += 1;
          if (isShown(parent)) read(node.data, getComputedStyle(parent).color, parent);
        }
        for (const field of document.querySelectorAll('input, textarea, select')) {
          if (!isShown(field) || field.disabled || field.type === 'color') continue;
          read(field.value || 'a value', getComputedStyle(field).color, field);
          if (field.placeholder && !field.value) read(field.placeholder, getComputedStyle(field, '::placeholder').color, field);
        }
        if (texts < 3) found.push('no text');

        """

    private static let structure = """
        const root = document.documentElement;
        if (!root.lang || !root.dir) found.push('no language or direction');
        if (!document.title.trim()) found.push('no title');
        if (document.querySelectorAll('main').length !== 1) found.push('not one main');
        let level = 0;
        for (const heading of document.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
          if (!isShown(heading)) continue;
          const next = Number(heading.tagName[1]);
          if (next > level + 1) found.push(`a heading of level ${next} after one of ${level}: ${heading.textContent}`);
          level = next;
        }
        if (document.querySelectorAll('h1').length !== 1) found.push('not one h1');
        const labels = [...document.querySelectorAll('nav')].filter(isShown).map((nav) => nav.getAttribute('aria-label'));
        if (labels.includes(null) || new Set(labels).size < labels.length) found.push('navigations that can not be told apart');
        const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
        if (new Set(ids).size < ids.length) found.push('an id that stands twice');
        for (const name of ['aria-describedby', 'aria-labelledby', 'aria-controls', 'for']) {
          for (const element of document.querySelectorAll(`[${name}]`)) {
            for (const id of element.getAttribute(name).split(' ')) if (!ids.includes(id)) found.push(`${name} of nothing: ${id}`);
          }
        }
        for (const table of document.querySelectorAll('table')) {
          if (!table.caption?.textContent.trim()) found.push('a table without a caption');
          if (table.querySelector('th:not([scope])') || !table.querySelector('th')) found.push('a table without headings');
        }
        for (const list of document.querySelectorAll('ul, ol')) {
          if ([...list.children].some((child) => child.tagName !== 'LI')) found.push('a list of something else');
        }
        for (const list of document.querySelectorAll('dl > div')) {
          if (list.querySelectorAll('dt').length !== 1 || list.querySelectorAll('dd').length !== 1)
            found.push('a value without its label');
        }
        for (const place of document.querySelectorAll('section, aside')) {
          if (!place.getAttribute('aria-label') && !place.querySelector('h2, h3')) found.push('a section without a name');
        }
        if (root.scrollWidth > root.clientWidth) found.push(`wider than its window: ${root.scrollWidth}`);
        if (/user-scalable|maximum-scale/.test(document.querySelector('meta[name=viewport]').content)) found.push('no zoom');

        """

    private static let controls = """
        for (const image of document.querySelectorAll('img')) {
          if (!image.hasAttribute('alt')) found.push('a picture without alt');
          if (!image.complete || image.naturalWidth === 0) found.push(`a broken picture: ${image.src}`);
        }
        for (const picture of document.querySelectorAll('svg')) {
          if (picture.getAttribute('aria-hidden') !== 'true' && !picture.closest('[role=img][aria-label]'))
            found.push('a drawing without a name');
        }
        for (const control of document.querySelectorAll('a, button, summary, input, select, textarea, progress')) {
          if (!isShown(control)) continue;
          const name = control.getAttribute('aria-label') || [...control.labels || []].map((label) => label.textContent).join('')
            || (control.matches('input, select, textarea') ? '' : control.textContent);
          if (!name.trim()) found.push(`a control without a name: ${control.outerHTML.slice(0, 80)}`);
          const box = control.getBoundingClientRect();
          // A link in a sentence may be as high as its line.
          if (control.tagName === 'PROGRESS' || getComputedStyle(control).display === 'inline') continue;
          if (box.width < target || box.height < target) found.push(`a small target: ${control.outerHTML.slice(0, 80)}`);
        }
        for (const hidden of document.querySelectorAll('[aria-hidden=true]')) {
          if (hidden.matches('a, button, input') || hidden.querySelector('a, button, input')) found.push('a hidden control');
        }

        """
}
