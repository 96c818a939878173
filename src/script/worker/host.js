/*
 * What a script sees (spec/tasks.md §10.1).  Run once in the context of each
 * search; what it returns is for the worker alone.  `native` reads the vault's
 * table; the columns' numbers are in `item` and `file`, as columns.def has them.
 */
(function (native, item, file, origin, seed, presets) {
    'use strict';

    const { number, text, json, fileText, fileJson, momentOf } = native;
    const Global = globalThis, Compile = Function, Failure = Error, Text = String;
    const statusTypes = ['IN_PROGRESS', 'TODO', 'ON_HOLD', 'DONE', 'CANCELLED', 'NON_TASK', 'EMPTY'];
    const priorityNames = ['Highest', 'High', 'Medium', 'Normal', 'Low', 'Lowest'];
    const dayMs = 86400000, invalidDay = item.INVALID;

    /* --- the surroundings --- */

    /* The clock stands still, so `moment()` is a copy of the first one: six times
     * as fast. All else goes to moment itself. */
    function hasten(made) {
        let now = null;
        return new Proxy(made, {
            apply(target, self, args) {
                if (args.length > 0)
                    return Reflect.apply(target, self, args);
                if (now === null || now._locale !== target.localeData())
                    now = target();
                return now.clone();
            },
        });
    }
    let loaded = null;
    const moment = () => loaded ??= hasten(momentOf());
    for (const name of ['WebAssembly', 'WeakRef', 'FinalizationRegistry'])
        delete Global[name];
    const hidden = (name, value) =>
        Object.defineProperty(Global, name, { value, writable: true, configurable: true });
    hidden('window', Global);
    hidden('self', Global);
    hidden('console', Object.fromEntries(
        ['log', 'info', 'warn', 'error', 'debug', 'trace', 'assert', 'table', 'dir', 'group', 'groupEnd',
            'time', 'timeEnd', 'count'].map((name) => [name, () => {}])));
    /* 58 KB that many searches never need. */
    Object.defineProperty(Global, 'moment', {
        configurable: true, enumerable: true, get: moment,
        set: (value) => { loaded = value; },
    });
    Math.random = () => {
        seed = (seed + 0x6d2b79f5) | 0;
        let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
        t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
        return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    };

    /* --- dates --- */

    class PropertyCategory {
        constructor(name, sortOrder) {
            this.name = name;
            this.sortOrder = sortOrder;
        }
        get groupText() {
            return this.name === '' ? '' : `%%${this.sortOrder}%% ${this.name}`;
        }
    }

    const isReal = (day) => day !== null && day !== invalidDay;
    const days = new Map();
    function momentOfDay(day) {
        if (day === null)
            return null;
        if (day === invalidDay)
            return moment().invalid();
        let first = days.get(day);
        if (first === undefined || first._locale !== moment().localeData()) {
            const at = new Date(day * dayMs);
            first = moment()([at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()]);
            days.set(day, first);
        }
        return first.clone();
    }

    /* A day on which what is as far away as `date` begins, in moment's words:
     * `2 months ago` are all as old as two months. */
    function edgeOfAge(date, past, now) {
        const [count, unit] = date.fromNow(true).split(' ');
        const n = parseInt(count);
        return now[past ? 'subtract' : 'add'](isNaN(n) ? 1 : n, unit);
    }

    class TasksDate {
        #day;
        constructor(day) {
            this.#day = day;
        }
        get moment() {
            return momentOfDay(this.#day);
        }
        formatAsDate(fallback = '') {
            if (isReal(this.#day))
                return new Date(this.#day * dayMs).toISOString().slice(0, 10);
            return this.format('YYYY-MM-DD', fallback);
        }
        formatAsDateAndTime(fallback = '') {
            return this.format('YYYY-MM-DD HH:mm', fallback);
        }
        format(pattern, fallback = '') {
            return this.moment?.format(pattern) ?? fallback;
        }
        toISOString(keepOffset) {
            return this.moment ? this.moment.toISOString(keepOffset) : '';
        }
        get category() {
            const date = this.moment;
            if (!date)
                return new PropertyCategory('Undated', 4);
            if (!date.isValid())
                return new PropertyCategory('Invalid date', 0);
            const today = moment()().startOf('day');
            if (date.isBefore(today, 'day'))
                return new PropertyCategory('Overdue', 1);
            return date.isSame(today, 'day') ? new PropertyCategory('Today', 2)
                : new PropertyCategory('Future', 3);
        }
        get fromNow() {
            const date = this.moment;
            if (!date)
                return new PropertyCategory('', 0);
            if (!date.isValid())
                return new PropertyCategory(date.fromNow(), 0);
            const now = moment()(), past = date.isSameOrBefore(now, 'day');
            return new PropertyCategory(date.fromNow(),
                Number((past ? '1' : '3') + edgeOfAge(date, past, now).format('YYYYMMDD')));
        }
        toString() {
            return this.formatAsDate();
        }
        static msOf(date) {
            return date.#day === null ? null : date.#day === invalidDay ? NaN : +date.moment;
        }
    }

    /* --- files and links --- */

    const withoutExtension = (path) => path.endsWith('.md') ? path.slice(0, -3) : path;
    const nameOf = (path) => path.slice(path.lastIndexOf('/') + 1);

    class Link {
        #row;
        #path;
        constructor(row, path) {
            this.#row = row;
            this.#path = path;
        }
        get originalMarkdown() {
            return this.#row[0];
        }
        get destination() {
            return this.#row[1];
        }
        get destinationPath() {
            return this.#row[2];
        }
        get displayText() {
            return this.#row[3];
        }
        get markdown() {
            return this.destination.startsWith('#')
                ? `[[${this.#path}${this.destination}|${this.displayText}]]` : this.originalMarkdown;
        }
        linksTo(to) {
            if (to instanceof TasksFile)
                return this.destinationPath === to.path;
            const wanted = withoutExtension(String(to));
            const typed = withoutExtension(this.destination.split('#')[0]);
            if (typed === wanted)
                return true;
            if (this.destinationPath === null)
                return false;
            const path = withoutExtension(this.destinationPath);
            return path === wanted || nameOf(path) === wanted;
        }
        toString() {
            return this.markdown;
        }
    }
    const linksOf = (rows, path) => (rows ?? []).map((row) => new Link(row, path));

    class TasksFile {
        #read;
        constructor(read) {
            this.#read = read;
        }
        get path() {
            return this.#read(file.PATH);
        }
        get pathWithoutExtension() {
            return withoutExtension(this.path);
        }
        get root() {
            const at = this.path.indexOf('/');
            return at < 0 ? '/' : this.path.slice(0, at + 1);
        }
        get folder() {
            const at = this.path.lastIndexOf('/');
            return at < 0 ? '/' : this.path.slice(0, at + 1);
        }
        get filename() {
            return nameOf(this.path);
        }
        get filenameWithoutExtension() {
            return withoutExtension(this.filename);
        }
        get tags() {
            return this.#read(file.TAGS, true) ?? [];
        }
        get frontmatter() {
            return this.#read(file.FRONTMATTER, true) ?? { tags: [] };
        }
        #key(key) {
            const wanted = String(key).toLowerCase();
            return Object.keys(this.frontmatter).find((k) => k.toLowerCase() === wanted);
        }
        property(key) {
            const found = this.#key(key);
            const value = found === undefined ? null : this.frontmatter[found] ?? null;
            return Array.isArray(value) ? value.filter((v) => v !== null) : value;
        }
        hasProperty(key) {
            const found = this.#key(key);
            return found !== undefined && (this.frontmatter[found] ?? null) !== null;
        }
        get outlinksInBody() {
            return linksOf(this.#read(file.BODY_LINKS, true), this.path);
        }
        get outlinksInProperties() {
            return linksOf(this.#read(file.FRONT_LINKS, true), this.path);
        }
        get outlinks() {
            return [...this.outlinksInProperties, ...this.outlinksInBody];
        }
        toString() {
            return this.path;
        }
    }
    const files = [];
    const fileAt = (row) => files[row] ??= new TasksFile(
        (column, isJson) => isJson ? fileJson(row, column) : fileText(row, column));

    /* --- items and tasks --- */

    class Status {
        #row;
        constructor(row) {
            this.#row = row;
        }
        get symbol() {
            return this.#row[0];
        }
        get name() {
            return this.#row[1];
        }
        get nextSymbol() {
            return this.#row[2];
        }
        get nextStatusSymbol() {
            return this.#row[2];
        }
        get type() {
            return this.#row[3];
        }
        get typeGroupText() {
            return `%%${statusTypes.indexOf(this.type) + 1}%%${this.type}`;
        }
        toString() {
            return this.name;
        }
    }

    class Recurrence {
        #rule;
        constructor(rule) {
            this.#rule = rule;
        }
        toText() {
            return this.#rule;
        }
        toString() {
            return this.#rule;
        }
    }

    const rowOf = (of) => ListItem.rowOf(of);
    class ListItem {
        #row;
        constructor(row) {
            this.#row = row;
        }
        static rowOf(of) {
            return of.#row;
        }
        get originalMarkdown() {
            return text(this.#row, item.ORIGINAL);
        }
        get description() {
            return text(this.#row, item.DESCRIPTION);
        }
        get descriptionWithoutTags() {
            return this.description.replace(/(^|\s)#[^ !@#$%^&*(),.?":{}|<>]+/g, '').trim();
        }
        get statusCharacter() {
            return json(this.#row, item.STATUS)?.[0] ?? null;
        }
        get lineNumber() {
            return number(this.#row, item.LINE);
        }
        get indentation() {
            return text(this.#row, item.INDENTATION);
        }
        get listMarker() {
            return text(this.#row, item.MARKER);
        }
        get markdownHardBreak() {
            return this.originalMarkdown.match(/(?: {2,}|\\)$/)?.[0] ?? '';
        }
        get file() {
            return fileAt(number(this.#row, item.FILE));
        }
        get path() {
            return this.file.path;
        }
        get filename() {
            return this.file.filenameWithoutExtension;
        }
        get outlinks() {
            return linksOf(json(this.#row, item.OUTLINKS), this.path);
        }
        get parent() {
            return itemAt(number(this.#row, item.PARENT));
        }
        get children() {
            return (json(this.#row, item.CHILDREN) ?? []).map(itemAt);
        }
        get root() {
            let top = this;
            for (let next = top.parent; next !== null; next = top.parent)
                top = next;
            return top;
        }
        get isRoot() {
            return this.parent === null;
        }
        get isTask() {
            return false;
        }
        findClosestParentTask() {
            let found = this.parent;
            while (found !== null && !found.isTask)
                found = found.parent;
            return found;
        }
        toString() {
            return this.originalMarkdown;
        }
    }

    const isDone = (type) => type === 'DONE' || type === 'CANCELLED' || type === 'NON_TASK';
    /* The day that counts first of those that are real, else one that is not. */
    function happensOf(row) {
        const days = [item.START, item.SCHEDULED, item.DUE].map((column) => number(row, column))
            .filter((day) => day !== null);
        const real = days.filter((day) => day !== invalidDay);
        return real.length > 0 ? Math.min(...real) : days.length > 0 ? invalidDay : null;
    }

    class Task extends ListItem {
        get isTask() {
            return true;
        }
        get status() {
            return new Status(json(rowOf(this), item.STATUS));
        }
        get isDone() {
            return isDone(this.status.type);
        }
        get tags() {
            return json(rowOf(this), item.TAGS) ?? [];
        }
        get priorityNumber() {
            return number(rowOf(this), item.PRIORITY);
        }
        get priority() {
            return String(this.priorityNumber);
        }
        get priorityName() {
            return priorityNames[this.priorityNumber];
        }
        get priorityNameGroupText() {
            return `%%${this.priorityNumber}%%${this.priorityName} priority`;
        }
        get happens() {
            return new TasksDate(happensOf(rowOf(this)));
        }
        get recurrenceRule() {
            return text(rowOf(this), item.RECURRENCE) ?? '';
        }
        get isRecurring() {
            return text(rowOf(this), item.RECURRENCE) !== null;
        }
        get recurrence() {
            return this.isRecurring ? new Recurrence(this.recurrenceRule) : null;
        }
        get onCompletion() {
            return text(rowOf(this), item.ON_COMPLETION);
        }
        get id() {
            return text(rowOf(this), item.ID);
        }
        get dependsOn() {
            return json(rowOf(this), item.DEPENDS_ON) ?? [];
        }
        get blockLink() {
            return text(rowOf(this), item.BLOCK_LINK);
        }
        get urgency() {
            return number(rowOf(this), item.URGENCY, true);
        }
        get scheduledDateIsInferred() {
            return (number(rowOf(this), item.FLAGS) & 4) !== 0;
        }
        get heading() {
            return text(rowOf(this), item.HEADING);
        }
        get precedingHeader() {
            return this.heading;
        }
        get hasHeading() {
            return this.heading !== null;
        }
        get sectionStart() {
            return number(rowOf(this), item.SECTION);
        }
        get sectionIndex() {
            return number(rowOf(this), item.SECTION_INDEX);
        }
        get taskLocation() {
            return {
                tasksFile: this.file, path: this.path, lineNumber: this.lineNumber,
                sectionStart: this.sectionStart, sectionIndex: this.sectionIndex,
                precedingHeader: this.heading, hasKnownPath: true,
            };
        }
        isBlocked(among) {
            if (among === all)
                return (number(rowOf(this), item.FLAGS) & 1) !== 0;
            const needed = this.dependsOn;
            return needed.length > 0 && !this.isDone &&
                among.some((other) => !other.isDone && needed.includes(other.id));
        }
        isBlocking(among) {
            if (among === all)
                return (number(rowOf(this), item.FLAGS) & 2) !== 0;
            const id = this.id;
            return id !== '' && !this.isDone &&
                among.some((other) => !other.isDone && other.dependsOn.includes(id));
        }
    }
    for (const name of ['created', 'start', 'scheduled', 'due', 'done', 'cancelled']) {
        const column = item[name.toUpperCase()];
        Object.defineProperty(Task.prototype, name,
            { configurable: true, get() { return new TasksDate(number(rowOf(this), column)); } });
        Object.defineProperty(Task.prototype, `${name}Date`,
            { configurable: true, get() { return momentOfDay(number(rowOf(this), column)); } });
    }

    const items = [];
    let all = null;
    function itemAt(row) {
        if (row === null)
            return null;
        return items[row] ??= row < item.TASKS ? new Task(row) : new ListItem(row);
    }

    /* --- the query --- */

    const originFile = origin.row === null
        ? new TasksFile((column, isJson) => isJson ? JSON.parse(origin.columns[column] || 'null')
            : origin.columns[column])
        : fileAt(origin.row);
    const query = {
        file: originFile,
        get allTasks() {
            return all ??= Array.from({ length: item.TASKS }, (_, row) => itemAt(row));
        },
        searchCache: {},
    };
    /* No search has begun where placeholders are filled. */
    const early = { file: originFile, allTasks: [], searchCache: query.searchCache };
    const preset = presets === '' ? {} : JSON.parse(presets);

    const body = (expression) => expression.includes('return') ? expression : `return ${expression}`;
    return {
        task: itemAt,
        query,
        early,
        preset,
        compile: (names, expression) => new Compile(...names, body(expression)),
        json: JSON.stringify,
        text: Text,
        isError: (e) => e instanceof Failure,
        /* 1: of moment, 2: a TasksDate, 0: neither. */
        kindOf: (value) => value instanceof TasksDate ? 2 : loaded !== null && loaded.isMoment(value) ? 1 : 0,
        msOf: (value) => value instanceof TasksDate ? TasksDate.msOf(value) : value.valueOf(),
    };
})
