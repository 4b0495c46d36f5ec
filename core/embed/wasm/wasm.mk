# The engine for web pages: $(out), a WebAssembly module that imports nothing.
#
#   make -f wasm.mk top=SOURCE objects=FOLDER xml=FOLDER-OF-LIBXML2 out=FILE [more='NAME...']
#
# What is exported besides the engine (more) brings in what it stands on; the rest is left out.
# The same files that the program is made of, compiled with clang for wasm32 against wasi-libc,
# and the parser of libxml2 without all that a page has no use for. What asks the system for
# something is left out; alone.c and linked.c stand in its place.

this := $(firstword $(MAKEFILE_LIST))

CLANG = clang
target = --target=wasm32-wasi
# Copying and filling are the browser's own instructions (all have them since 2021). There is one thread; wasi-libc,
# which was built without them, has errno as a plain variable.
flags = $(target) -Os -mbulk-memory -D_Thread_local= -std=gnu11 -D_GNU_SOURCE -ffunction-sections \
	-fdata-sections -MMD -MP

# ---- ours ----
rooms = base model scoring insight report/text report/explain report/result report/page \
	report/summary
no_use = core/base/file.c core/base/nameless.c core/base/part.c core/base/reason.c \
	core/base/signals.c \
	core/report/page/shell.c core/report/text/grid.c core/insight/summarise.c \
	core/insight/summarise_authorities.c core/insight/partial_authorities.c \
	core/insight/partial_join.c core/insight/partial_pack.c core/insight/partial_summarise.c \
	core/insight/partial_take.c \
	core/report/summary/moderation_text.c core/report/summary/summary_pdf.c \
	core/report/summary/temporary.c core/report/summary/xlsx.c \
	core/report/summary/summary_xlsx.c core/report/summary/xlsx_charts.c \
	core/report/summary/xlsx_table.c
sources = $(filter-out $(no_use), \
		$(foreach room,$(rooms),$(patsubst $(top)/%,%,$(wildcard $(top)/core/$(room)/*.c)))) \
	core/frameworks/brief.c core/frameworks/contract.c core/frameworks/engine.c \
	core/frameworks/handed.c core/frameworks/objection.c core/frameworks/opinion.c \
	core/frameworks/services.c core/frameworks/services_document.c \
	core/frameworks/services_scoring.c \
	core/work/catalogue.c core/work/scorer.c \
	core/embed/caseaudit.c core/embed/wasm/alone.c core/embed/wasm/kept.c core/embed/wasm/linked.c \
	core/embed/wasm/saying.c core/embed/wasm/summing.c
frameworks = foster-home-review graded-standards maap permanency

ours = $(sources:%.c=$(objects)/%.o) $(frameworks:%=$(objects)/plugins/%.o) \
	$(objects)/core/report/assets.o

# ---- libxml2's: the parser, and what it stands on ----
xml_sources = SAX2 buf chvalid dict encoding entities error globals hash list parser \
	parserInternals threads tree uri valid xmlIO xmlmemory xmlstring
xml_objects = $(xml_sources:%=$(objects)/xml/%.o)

exports = malloc free \
	caseaudit_engine_new caseaudit_engine_free caseaudit_engine_add_template \
	caseaudit_engine_message caseaudit_engine_score caseaudit_engine_explanation \
	caseaudit_engine_page $(more)
comma = ,
MOST_MEMORY = 268435456
# The stack comes first: what outgrows it leaves memory, and stops, instead of changing what lies below.
link_flags = -Wl,--stack-first -mexec-model=reactor -Wl,--gc-sections -Wl,--strip-all -Wl,--fatal-warnings \
	-Wl,-z,stack-size=1048576 -Wl,--max-memory=$(MOST_MEMORY) \
	$(exports:%=-Wl$(comma)--export=%)

$(out): $(ours) $(xml_objects)
	@mkdir -p $(@D)
	@echo "  WASM     $@"
	@$(CLANG) $(target) -Os $(link_flags) $^ -o $@.new && mv $@.new $@

$(objects)/core/%.o: $(top)/core/%.c $(objects)/libxml/xmlversion.h $(this)
	@mkdir -p $(@D)
	@$(CLANG) $(flags) -Wall -Wextra -include core/embed/wasm/lacking.h -Dqsort_r=ca_qsort_r -I$(top) -I$(top)/core/include -I$(objects) -isystem $(xml)/include \
	  -c $< -o $@

$(objects)/core/report/assets.o: core/report/assets.c $(this)
	@mkdir -p $(@D)
	@$(CLANG) $(flags) -I$(top) -c $< -o $@

# Each framework has an entry of one name; linked together, they have one each.
.SECONDEXPANSION:
$(objects)/plugins/%.o: $(top)/plugins/$$*/$$*.c $(this)
	@mkdir -p $(@D)
	@$(CLANG) $(flags) -I$(top)/core/include \
	  -Dcaseaudit_framework_entry=ca_linked_$(subst -,_,$*) -c $< -o $@

$(objects)/xml/%.o: $(xml)/%.c $(objects)/libxml/xmlversion.h $(this)
	@mkdir -p $(@D)
	@$(CLANG) $(flags) -w -DHAVE_CONFIG_H -I$(objects) -I$(xml)/include -c $< -o $@

# All that can be left out is.
$(objects)/libxml/xmlversion.h: $(xml)/include/libxml/xmlversion.h.in
	@mkdir -p $(@D)
	@for has in CTYPE_H ERRNO_H FLOAT_H LIMITS_H MATH_H STDARG_H STDINT_H STDLIB_H STRING_H \
	  STRINGS_H SNPRINTF VSNPRINTF VA_COPY; do \
	  echo "#define HAVE_$$has 1"; done >$(objects)/config.h
	@sed -e 's/@WITH_[A-Z0-9_]*@/0/' -e 's/@VERSION@/2.9.14/' -e 's/@LIBXML_VERSION_NUMBER@/20914/' \
	  -e 's/@[A-Z_]*@//' $< >$@

-include $(ours:.o=.d)
