/*
 * repair_codec: the two wrong readings of UTF-8 that are undone, and what a
 * character has to be to have been read so (spec/entities.md §7.3).
 *
 * Closed tables and questions about one character; no text is seen here.
 */
#ifndef VAULTSITE_VAULT_REPAIR_CODEC_H
#define VAULTSITE_VAULT_REPAIR_CODEC_H

#include <stdbool.h>
#include <stdint.h>

/* cp1252 comes first: it wins a tie (§7.5). */
enum repair_codec { REPAIR_CP1252, REPAIR_MAC_ROMAN, REPAIR_CODECS };

/* The name of the encoding as findings tell it: "Windows-1252". */
const char *repair_codec_name(enum repair_codec codec);
/* The byte (0x80 to 0xFF) that the codec shows as `code`; 0 for what it does not
 * have, ASCII too. For cp1252 a C1 control stands for its own byte. */
unsigned char repair_codec_byte(enum repair_codec codec, uint32_t code);
/* With which all characters of cp1252 begin that have the byte of a lead byte. */
#define REPAIR_CP1252_LEAD 0xC3
/* Whether the first byte of a character's UTF-8 is one with which a character
 * can begin that has the byte of a lead byte, C2 to F4, in the codec. */
bool repair_codec_may_lead(enum repair_codec codec, unsigned char first);

/* What a decoded character says about having been damaged. */
enum repair_class {
    REPAIR_NEVER,  /* no such character is looked for */
    REPAIR_LETTER, /* L of §7.3: needs more evidence */
    REPAIR_SIGN,   /* P of §7.3: punctuation and symbols, evidence by itself */
};
enum repair_class repair_class_of(enum repair_codec codec, uint32_t code);

/* The script of a run (§7.4, 5), counted from 1; 0 for characters of none. */
unsigned repair_script(uint32_t code);

#endif
