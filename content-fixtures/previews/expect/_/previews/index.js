vaultsite.previews({shards:1,version:"ef58a56280",style:"_/previews-HASH.css",label:"Preview"});
