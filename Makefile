# vaultsite: one Makefile, not recursive; what it makes is in build/.
#
#   make demo     everything from nothing: packages, program, a site to look at,
#                 the manual's, or that of your own notes (VAULT=folder)
#   make          the program, build/vaultsite
#   make check    all tests but fuzzing and the browser
#   make help     the other targets; V=1 shows the commands

PREFIX ?= /usr/local
ZSH_FUNCTIONS ?= share/zsh/site-functions
# Debian's own: python3-lxml is for that one.
PYTHON ?= $(firstword $(wildcard /usr/bin/python3) python3)
HOSTCC ?= $(CC)
CFLAGS ?= -O2 -g
WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes \
            -Wmissing-prototypes -Wwrite-strings -Wvla

# Debian packages; README.md says what each is for.
DEPS := gcc libc6-dev pkg-config libcmark-gfm-dev libcmark-gfm-extensions-dev \
        libyaml-dev libjansson-dev libutf8proc-dev libxxhash-dev uthash-dev \
        libicu-dev libpcre2-dev libxml2-dev
# JavaScript in queries; with JS=0 it stays off and these are not needed.
DEPS_JS := libjavascriptcoregtk-4.1-dev libseccomp-dev
# Only where there is no npm: the same moment.js as Debian has it.
DEPS_MOMENT := libjs-moment
DEPS_CHECK := libcmocka-dev python3 python3-lxml python3-cssselect python3-yaml git \
              mandoc zsh fish
DEPS_LINT := clang clang-tidy clang-format
DEPS_BROWSER := chromium-headless-shell openjdk-17-jre-headless
# Only where there is no node or no npm yet: Debian's get in the way of others.
DEPS_NODE := nodejs npm
DEPS_BENCH := valgrind
DEPS_DEB := dpkg-dev

# A kind of build has its own folder: build/, build/asan/, build/tsan/.
KIND ?= plain
B := build$(if $(filter-out plain,$(KIND)),/$(KIND))
SANITISE_asan := -fsanitize=address,undefined -fno-sanitize-recover=undefined
SANITISE_tsan := -fsanitize=thread
SANITISE := $(if $(SANITISE_$(KIND)),$(SANITISE_$(KIND)) -fno-omit-frame-pointer)
OPTIMISE := $(if $(SANITISE),-O1 -g,$(CFLAGS))

LIBXML_CFLAGS := $(shell pkg-config --cflags libxml-2.0 2>/dev/null || \
                   echo -I/usr/include/libxml2)
ALL_CPPFLAGS := -D_GNU_SOURCE -Isrc -Ibuild $(LIBXML_CFLAGS) $(CPPFLAGS)
ALL_CFLAGS := -std=c17 $(OPTIMISE) $(SANITISE) $(WARNINGS) -fno-common -pthread

# cmark-gfm changes global tables around each parse; the wrapped functions keep
# it from doing so (src/note/parser.c), which needs its static libraries.
CMARK := -l:libcmark-gfm-extensions.a -l:libcmark-gfm.a
CMARK_WRAP := -Wl,--wrap=cmark_inlines_add_special_character \
              -Wl,--wrap=cmark_inlines_remove_special_character
LIBS := $(CMARK) -lyaml -ljansson -lutf8proc -lpcre2-16 -lxml2 -licui18n -licuuc -lm -lpthread
ALL_LDFLAGS := $(SANITISE) $(CMARK_WRAP) $(LDFLAGS)

# The program that runs the JavaScript of queries (design.md, script/): made
# where the engine, the sandbox and moment.js are there, or with JS=0 never.
MOMENT := $(firstword $(wildcard src/script/node_modules/moment/min/moment.min.js \
            /usr/share/javascript/moment/moment.min.js))
MOMENT_LICENSE := $(firstword $(wildcard src/script/node_modules/moment/LICENSE \
                    /usr/share/doc/libjs-moment/copyright))
JS ?= $(if $(MOMENT),$(shell pkg-config --exists javascriptcoregtk-4.1 libseccomp \
        2>/dev/null && echo 1))
WITH_JS := $(filter-out 0,$(JS))
WORKER_SRC := $(sort $(wildcard src/script/worker/*.c))
WORKER_OBJ := $(patsubst src/%.c,$(B)/obj/%.o,$(WORKER_SRC)) $(B)/obj/script_files.o
WORKER := $(if $(WITH_JS),$(B)/vaultsite-script)
ifneq ($(WITH_JS),)
WORKER_CFLAGS := $(shell pkg-config --cflags javascriptcoregtk-4.1 libseccomp)
# The clock of sandbox.c stands before the C library's for all of it.
WORKER_LIBS := $(shell pkg-config --libs javascriptcoregtk-4.1 libseccomp) \
    $(foreach f,clock_gettime gettimeofday time,-Wl,--export-dynamic-symbol=$f) \
    -lutf8proc -licuuc -lpthread
else
NO_SCRIPTS := -DVAULTSITE_NO_SCRIPTS
endif

# What pages load on demand (site/extras.h): scripts of npm packages, which stand
# beside the program.  Without npm, or with EXTRAS=0, a site goes without.
EXTRAS ?= 1
EXTRA_NPM := themes/default/node_modules
EXTRA_SRC := $(EXTRA_NPM)/@highlightjs/cdn-assets/highlight.min.js \
             $(EXTRA_NPM)/temml/dist/temml.min.js \
             $(EXTRA_NPM)/@mermaid-js/tiny/dist/mermaid.tiny.js
WITH_EXTRAS := $(if $(filter 0,$(EXTRAS)),,$(if $(filter-out $(wildcard $(EXTRA_SRC)),$(EXTRA_SRC)),,1))
EXTRA_NAMES := $(foreach e,highlight temml mermaid,$e.js $e.LICENSE) temml.css
EXTRA_FILES := $(if $(WITH_EXTRAS),$(EXTRA_NAMES:%=$(B)/vaultsite-extras/%))
# Languages that are not among the package's common ones.
LANGUAGE_FILES := $(patsubst %,$(EXTRA_NPM)/@highlightjs/cdn-assets/languages/%.min.js,\
                    $(shell sed -n 's/^LANGUAGE_FILE."\([^"]*\)".*/\1/p' src/note/languages.def))

# Programs of the build, not parts of vaultsite.
HOST_SRC := src/base/embed_files.c src/cli/docs.c
SRC := $(filter-out $(HOST_SRC) src/script/worker/%,\
         $(sort $(shell find src -name '*.c')))
MAIN_SRC := $(wildcard src/cli/main.c)
# Tables of files that are part of the program.
EMBEDDED := theme finding
LIB_OBJ := $(patsubst src/%.c,$(B)/obj/%.o,$(filter-out $(MAIN_SRC),$(SRC))) \
           $(EMBEDDED:%=$(B)/obj/%_files.o)
MAIN_OBJ := $(patsubst src/%.c,$(B)/obj/%.o,$(MAIN_SRC))
LIB := $(B)/libvaultsite.a
PROGRAM := $(B)/vaultsite
# Man page and completions, written from the program's tables.
DOCS := $(addprefix $(B)/docs/,man bash zsh fish)

THEME := themes/default
THEME_FILES := $(sort $(shell cd $(THEME) && find . -type f \
                 ! -path '*/node_modules/*' ! -name 'package*.json' \
                 ! -name '*.md' | sed 's,^\./,,'))

# The manual's sections on findings; names with blanks come escaped.
FINDINGS := content-fixtures/manual/vault/Findings
LIST_FINDINGS := find $(FINDINGS) -type f -name '*.md' 2>/dev/null | LC_ALL=C sort
FINDING_FILES := $(shell $(LIST_FINDINGS) | sed 's/ /\\ /g')

UNIT_SRC := $(sort $(wildcard tests/unit/test_*.c))
UNIT := $(patsubst tests/unit/%.c,$(B)/unit/%,$(UNIT_SRC))
LAW_PROGRAMS := $(patsubst tests/site/%.c,$(B)/tests/%,$(wildcard tests/site/plans.c tests/site/slices.c tests/site/tables.c)) \
                $(B)/tests/ask $(if $(WITH_JS),$(B)/tests/locked)
FUZZERS := $(patsubst tests/fuzz/fuzz_%.c,%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))

.DELETE_ON_ERROR:
.SECONDARY:
.SUFFIXES:
.PHONY: all demo deps deps-check deps-lint deps-browser deps-bench deps-deb \
        check check-build no-warnings asan tsan fuzz fuzz-build bench \
        bench-instructions lint check-headers tidy analyze format accept install \
        uninstall deb clean browser check-browser shots help

all: $(PROGRAM) $(WORKER) $(EXTRA_FILES) $(DOCS)

help:
	@echo 'all demo (VAULT=) deps check asan tsan fuzz (FUZZ= TIME=) bench bench-instructions'
	@echo 'lint check-headers tidy analyze (PARTS= PART=) format accept (CASE=) browser check-browser shots'
	@echo 'install (PREFIX= DESTDIR=) uninstall deb compile_commands.json clean'
	@echo 'deps-extras deps-check deps-lint deps-browser deps-bench deps-deb: packages for those'

# ---- the program -------------------------------------------------------------

$(PROGRAM): $(MAIN_OBJ) $(LIB)
	@echo '  LINK $@'
	@$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $(MAIN_OBJ) $(LIB) $(LIBS)

$(B)/vaultsite-script: $(WORKER_OBJ) $(LIB)
	@echo '  LINK $@'
	@$(CC) $(ALL_CFLAGS) $(SANITISE) $(LDFLAGS) -o $@ $(WORKER_OBJ) $(LIB) $(WORKER_LIBS)

# Made anew each time, so that no object of a removed file stays in it.
$(LIB): $(LIB_OBJ)
	@rm -f $@
	@$(AR) rcs $@ $(LIB_OBJ)

# What the compiler says is kept beside the object: a warning stays one until
# the file is compiled without it, and `make check` fails on it.
# $(1): more arguments, $(2): libraries.
define compile
@mkdir -p $(@D)
@$(if $(V),,echo '  CC $@')
$(if $(V),,@)$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -MMD -MP $(1) -o $@ $< $(2) \
    2>$(basename $@).warnings || { cat $(basename $@).warnings >&2; exit 1; }
@cat $(basename $@).warnings >&2
endef

$(B)/obj/%.o: src/%.c $(B)/flags
	$(call compile,-c)

# Private: else they would reach what the objects need, too: $(B)/flags would differ with
# the goal, and all be made again.
$(patsubst src/%.c,$(B)/obj/%.o,$(WORKER_SRC)): private ALL_CPPFLAGS += $(WORKER_CFLAGS)
$(B)/obj/script/client.o: private ALL_CPPFLAGS += $(NO_SCRIPTS)
$(B)/obj/script/client.o: $(B)/js
ifeq ($(shell uname -m),x86_64)
$(B)/obj/base/hash_wide.o: private ALL_CFLAGS += -mavx2
# Floats as every machine has them: a product and a sum are two roundings.
$(B)/obj/graph/layout.o: private ALL_CFLAGS += -ffp-contract=off
endif
$(B)/obj/script_files.o: build/script_files.c $(B)/flags
	$(call compile,-c)

$(EMBEDDED:%=$(B)/obj/%_files.o): $(B)/obj/%_files.o: build/%_files.c $(B)/flags
	$(call compile,-c)

build/host/embed_files: src/base/embed_files.c
	@mkdir -p $(@D)
	$(HOSTCC) -std=c17 -O1 -D_GNU_SOURCE $(WARNINGS) -o $@ $<

build/theme_files.c: build/host/embed_files $(addprefix $(THEME)/,$(THEME_FILES)) \
                     build/theme_names
	@printf '%s\n' $(THEME_FILES) | build/host/embed_files theme $(THEME) >$@

build/finding_files.c: build/host/embed_files $(FINDING_FILES) build/finding_names
	@build/host/embed_files finding . <build/finding_names >$@

build/script_files.c: build/host/embed_files src/script/worker/host.js $(MOMENT)
	@mkdir -p build/script
	@cp src/script/worker/host.js build/script/host.js
	@cp $(MOMENT) build/script/moment.js
	@printf '%s\n' host.js moment.js | build/host/embed_files script build/script >$@

$(B)/vaultsite-extras/highlight.js: $(firstword $(EXTRA_SRC)) src/note/languages.def
	@mkdir -p $(@D)
	@cat $(firstword $(EXTRA_SRC)) $(LANGUAGE_FILES) >$@
$(B)/vaultsite-extras/temml.js: $(EXTRA_NPM)/temml/dist/temml.min.js
# Its font is only for script letters, and a page loads none (decisions.md 22).
$(B)/vaultsite-extras/temml.css: $(EXTRA_NPM)/temml/dist/Temml-Local.css
	@mkdir -p $(@D)
	@sed '/^@font-face {/,/^}/d' $< >$@
$(B)/vaultsite-extras/mermaid.js: $(EXTRA_NPM)/@mermaid-js/tiny/dist/mermaid.tiny.js
$(B)/vaultsite-extras/highlight.LICENSE: $(EXTRA_NPM)/@highlightjs/cdn-assets/LICENSE
$(B)/vaultsite-extras/temml.LICENSE: $(EXTRA_NPM)/temml/LICENSE
$(B)/vaultsite-extras/mermaid.LICENSE: $(EXTRA_NPM)/@mermaid-js/tiny/LICENSE
$(filter-out %/highlight.js %/temml.css,$(EXTRA_NAMES:%=$(B)/vaultsite-extras/%)):
	@mkdir -p $(@D)
	@cp $< $@

$(B)/docs/writer: $(B)/obj/cli/docs.o $(LIB)
	@mkdir -p $(@D)
	@$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $< $(LIB) $(LIBS)
$(DOCS): $(B)/docs/%: $(B)/docs/writer
	@$< $* >$@

# Other flags, another list of sources, or another list of theme files: made
# again.  The files change only when what they hold does.
define record
@mkdir -p $(@D)
@echo '$(1)' | cmp -s - $@ || echo '$(1)' >$@
endef

.PHONY: always
$(B)/flags: always
	$(call record,$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS))
$(B)/js: always
	$(call record,$(WITH_JS))
build/theme_names: always
	$(call record,$(THEME_FILES))
build/finding_names: always
	@mkdir -p $(@D)
	@$(LIST_FINDINGS) | cmp -s - $@ || $(LIST_FINDINGS) >$@
$(B)/sources: always
	$(call record,$(LIB_OBJ))
$(LIB): $(B)/sources

# ---- packages ----------------------------------------------------------------

# Only what is missing, and it says what it does.
define install_packages
@if ! command -v dpkg-query >/dev/null; then \
    echo "not a Debian: please see to it that there is what these packages hold:"; \
    echo "  $(1)"; exit 0; \
fi; \
missing=; \
for p in $(1); do \
    dpkg-query -W -f '$${db:Status-Status}\n' $$p 2>/dev/null | grep -qx installed || \
        missing="$$missing $$p"; \
done; \
test -n "$$missing" || exit 0; \
as=; \
if [ "$$(id -u)" != 0 ]; then as=sudo; fi; \
if [ -n "$$as" ] && ! command -v sudo >/dev/null; then \
    echo "missing, and only root can install them:$$missing" >&2; exit 1; \
fi; \
echo "installing:$$missing"; \
find /var/lib/apt/lists -name '*_Packages*' -mtime -1 2>/dev/null | grep -q . || \
    $$as apt-get update -qq; \
$$as env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
    --no-install-recommends $$missing
endef

deps:
	$(call install_packages,$(DEPS) $(if $(filter 0,$(JS)),,$(DEPS_JS)))
	@test '$(EXTRAS)' = 0 || $(MAKE) --no-print-directory deps-extras
	@test '$(JS)' = 0 || $(MAKE) --no-print-directory deps-moment
# Where that fails the build goes on, and a site without them (decisions.md 37).
.PHONY: deps-extras
deps-extras:
	@command -v node >/dev/null && command -v npm >/dev/null || \
	    $(MAKE) --no-print-directory deps-node || true
	@$(MAKE) --no-print-directory $(EXTRA_PACKAGES) || \
	    echo 'no highlight.js, Temml and mermaid: code, formulas and diagrams stay as their source' >&2
.PHONY: deps-moment
deps-moment: | $(if $(MOMENT),,deps-moment-npm)
.PHONY: deps-moment-npm
deps-moment-npm:
	@! command -v npm >/dev/null || $(MAKE) --no-print-directory $(SCRIPT_PACKAGES) || true
	@test -e $(SCRIPT_PACKAGES) || $(MAKE) --no-print-directory deps-moment-debian
.PHONY: deps-moment-debian
deps-moment-debian:
	$(call install_packages,$(DEPS_MOMENT))
deps-check: deps
	$(call install_packages,$(DEPS_CHECK))
deps-lint: deps
	$(call install_packages,$(DEPS_LINT))
deps-browser:
	$(call install_packages,$(DEPS_BROWSER))
	@command -v node >/dev/null && command -v npm >/dev/null || \
	    $(MAKE) --no-print-directory deps-node
	@$(MAKE) --no-print-directory $(BROWSER_PACKAGES)
.PHONY: deps-node
deps-node:
	$(call install_packages,$(DEPS_NODE))

# What npm writes last.  No package may run a program while it is installed.
BROWSER_PACKAGES := tests/browser/node_modules/.package-lock.json
SCRIPT_PACKAGES := src/script/node_modules/.package-lock.json
EXTRA_PACKAGES := $(EXTRA_NPM)/.package-lock.json
$(BROWSER_PACKAGES) $(SCRIPT_PACKAGES) $(EXTRA_PACKAGES): %/node_modules/.package-lock.json: \
        %/package.json %/package-lock.json
	cd $(<D) && npm ci --ignore-scripts --no-audit --no-fund && touch -c '$(CURDIR)/$@'
deps-bench:
	$(call install_packages,$(DEPS_BENCH) cmark-gfm libmd4c-html0 python3)
deps-deb: deps
	$(call install_packages,$(DEPS_DEB))

# ---- a site to look at -------------------------------------------------------

VAULT ?= content-fixtures/manual/vault
demo: deps
	@$(MAKE) --no-print-directory all
	$(PROGRAM) build "$(VAULT)" out
	@echo
	@echo "The site is there. Open this file in a browser:"
	@echo "  $(CURDIR)/out/index.html"

# ---- tests -------------------------------------------------------------------

$(B)/unit/%: tests/unit/%.c $(LIB) $(B)/flags
	$(call compile,$(ALL_LDFLAGS),$(LIB) -lcmocka $(LIBS))

$(B)/tests/%: tests/site/%.c $(LIB) $(B)/flags
	$(call compile,$(ALL_LDFLAGS),$(LIB) $(LIBS))
$(B)/tests/locked: tests/script/locked.c $(B)/obj/script/worker/sandbox.o $(B)/flags
	$(call compile,$(ALL_LDFLAGS),$(B)/obj/script/worker/sandbox.o -lseccomp)
$(B)/tests/%: tests/script/%.c $(LIB) $(B)/flags
	$(call compile,$(ALL_LDFLAGS),$(LIB) $(LIBS))

check-build: all $(UNIT) $(LAW_PROGRAMS)

no-warnings: check-build
	@! find $(B)/obj $(B)/unit $(B)/tests -name '*.warnings' -size +0 -exec cat {} + | grep .

# `-k`: a unit test that does not build fails, and the others still run.
check: deps-check
	@$(MAKE) --no-print-directory -k no-warnings; built=$$?; \
	BUILD_STATUS=$$built BUILD=$(B) $(PYTHON) tests/run

# The worker that tests/script/builds.py locks in: a sanitiser's own asks for more; and
# the program whose sites tests/site/laws.py compares.
asan tsan: $(WORKER) $(B)/vaultsite
asan:
	@$(MAKE) --no-print-directory KIND=asan check
tsan:
	@$(MAKE) --no-print-directory KIND=tsan check

# FUZZ= one of tests/fuzz/fuzz_*.c, or all of them; TIME= seconds for each.
FUZZ ?= $(FUZZERS)
TIME ?= 60
FUZZ_FLAGS := -std=c17 -O1 -g -fsanitize=address,undefined,fuzzer-no-link \
              -fno-sanitize-recover=undefined -fno-omit-frame-pointer

build/fuzz/obj/%.o: src/%.c
	@mkdir -p $(@D)
	clang $(ALL_CPPFLAGS) $(FUZZ_FLAGS) -MMD -MP -c -o $@ $<
$(EMBEDDED:%=build/fuzz/obj/%_files.o): build/fuzz/obj/%_files.o: build/%_files.c
	@mkdir -p $(@D)
	clang $(ALL_CPPFLAGS) $(FUZZ_FLAGS) -MMD -MP -c -o $@ $<
FUZZ_OBJ := $(patsubst $(B)/obj/%,build/fuzz/obj/%,$(LIB_OBJ))
build/fuzz/libvaultsite.a: $(FUZZ_OBJ)
	@rm -f $@
	$(AR) rcs $@ $(FUZZ_OBJ)
build/fuzz/fuzz_%: tests/fuzz/fuzz_%.c build/fuzz/libvaultsite.a
	clang $(ALL_CPPFLAGS) $(FUZZ_FLAGS) -fsanitize=fuzzer $(CMARK_WRAP) -o $@ $< \
	    build/fuzz/libvaultsite.a $(LIBS)

fuzz-build: $(patsubst %,build/fuzz/fuzz_%,$(FUZZ))
fuzz: fuzz-build
	@status=0; for f in $(FUZZ); do $(PYTHON) tests/fuzz/run.py $$f $(TIME) || status=1; done; \
	exit $$status

# A real browser; not part of `make check`.  browser: no note can run a script.
# check-browser: what a reader sees and does; ONLY= parts (tests/browser/check.mjs).
browser: deps-browser deps-check
	@$(MAKE) --no-print-directory all
	BUILD=$(B) $(PYTHON) tests/site/xss.py
check-browser: deps-browser deps
	@$(MAKE) --no-print-directory all
	BUILD=$(B) node tests/browser/check.mjs $(ONLY)
# Pictures of every kind of page, in build/shots/.
shots: deps-browser deps
	@$(MAKE) --no-print-directory all
	BUILD=$(B) node tests/browser/check.mjs shots $(ONLY)

bench: deps-bench
	@$(MAKE) --no-print-directory all
	BUILD=$(B) $(PYTHON) tests/bench/bench.py $(BENCH_FLAGS)
bench-instructions: deps-bench
	@$(MAKE) --no-print-directory all
	BUILD=$(B) $(PYTHON) tests/bench/instructions.py --shares

# Rewrites what a golden case expects, and shows how it changed.
accept: all
	@test -n '$(CASE)' || { echo 'usage: make accept CASE=name' >&2; exit 2; }
	BUILD=$(B) $(PYTHON) tests/golden.py --accept '$(CASE)'

# ---- the house rules ---------------------------------------------------------

lint: deps-lint check-headers
	$(PYTHON) tests/lint.py
	@$(MAKE) --no-print-directory tidy analyze

check-headers:
	$(PYTHON) tests/lint.py --headers

TIDY := xargs -P 2 -n 8 clang-tidy -p . --quiet --warnings-as-errors='*'
tidy: compile_commands.json $(EMBEDDED:%=build/%_files.c)
	@printf '%s\n' $(filter-out build/%,$(TIDY_SRC)) | \
	    $(TIDY) --checks='-clang-analyzer-*' 2>/dev/null

# clang's analyzer takes four seconds for a file: of PARTS parts the one with the
# number PART, from 0.
PARTS ?= 1
PART ?= 0
analyze: compile_commands.json $(EMBEDDED:%=build/%_files.c)
	@printf '%s\n' $(filter-out build/%,$(TIDY_SRC)) | \
	    awk 'NR % $(PARTS) == $(PART)' | $(TIDY) 2>/dev/null

format:
	clang-format -i $$(find src tests -name '*.[ch]' -not -path '*/node_modules/*')

TIDY_SRC := $(SRC) $(if $(WITH_JS),$(WORKER_SRC))
compile_commands.json: $(B)/sources
	@{ echo '['; sep=; \
	for f in $(TIDY_SRC); do \
	    printf '%s{"directory":"%s","file":"%s","command":"cc %s -c %s"}' \
	        "$$sep" '$(CURDIR)' "$$f" '$(ALL_CPPFLAGS) $(WORKER_CFLAGS) $(ALL_CFLAGS)' "$$f"; \
	    sep=',\n'; sep=$$(printf "$$sep"); \
	done; echo; echo ']'; } >$@

# ---- installing --------------------------------------------------------------

# Files beside the program: source=place below PREFIX.
INSTALLED := $(B)/docs/man=share/man/man1/vaultsite.1 \
             $(B)/docs/bash=share/bash-completion/completions/vaultsite \
             $(B)/docs/zsh=$(ZSH_FUNCTIONS)/_vaultsite \
             $(B)/docs/fish=share/fish/vendor_completions.d/vaultsite.fish \
             README.md=share/doc/vaultsite/README.md \
             LICENSE=share/doc/vaultsite/LICENSE \
             $(if $(WITH_JS),$(MOMENT_LICENSE)=share/doc/vaultsite/moment.LICENSE) \
             $(foreach f,$(EXTRA_FILES),$f=share/vaultsite/$(notdir $f))
BELOW = $(DESTDIR)$(PREFIX)
# From bin/ that is ../libexec/vaultsite, where the program looks.
LIBEXEC := libexec/vaultsite

install: all
	install -D -m 755 $(PROGRAM) '$(BELOW)/bin/vaultsite'
	$(if $(WORKER),install -D -m 755 $(WORKER) '$(BELOW)/$(LIBEXEC)/vaultsite-script')
	@for f in $(INSTALLED); do \
	    echo "install -D -m 644 $${f%%=*} $(BELOW)/$${f#*=}"; \
	    install -D -m 644 "$${f%%=*}" '$(BELOW)'/"$${f#*=}" || exit 1; \
	done

# Folders stay, but its own: others may use them too.
uninstall:
	rm -f '$(BELOW)/bin/vaultsite' '$(BELOW)/$(LIBEXEC)/vaultsite-script'
	@! test -d '$(BELOW)/$(LIBEXEC)' || rmdir --ignore-fail-on-non-empty '$(BELOW)/$(LIBEXEC)'
	@for f in $(INSTALLED); do \
	    echo "rm -f $(BELOW)/$${f#*=}"; rm -f '$(BELOW)'/"$${f#*=}"; \
	done
	@! test -d '$(BELOW)/share/doc/vaultsite' || \
	    rmdir --ignore-fail-on-non-empty '$(BELOW)/share/doc/vaultsite'
	@! test -d '$(BELOW)/share/vaultsite' || rmdir --ignore-fail-on-non-empty '$(BELOW)/share/vaultsite'

# build/vaultsite_VERSION_ARCHITECTURE.deb
deb: deps-deb
	+.deb/build

clean:
	rm -rf build compile_commands.json

-include $(LIB_OBJ:.o=.d) $(MAIN_OBJ:.o=.d) $(WORKER_OBJ:.o=.d) $(B)/obj/cli/docs.d $(UNIT:=.d) $(LAW_PROGRAMS:=.d) \
         $(FUZZ_OBJ:.o=.d)
